"""What following up a message costs in a log that has grown. PostgreSQL's sessions tell what they read seconds later or when
they end: so the Ward here is nobody else's, and its sessions are ended before anything is counted."""

from test_channels import Carer, house  # noqa: F401 (a fixture by name)
from ward_process import wait_for

INDEX = "deliveries_hospital_id_alert_id_tier_user_id_occasion_chann_key"


def test_a_failed_message_reads_no_whole_log(house):  # noqa: F811
    """168: what follows from a message that failed is found by an index, however long the hospital's log has grown"""
    sql = lambda text, *values: house.ward.sql(text, "admin", parameters=list(values))
    sql("INSERT INTO deliveries (hospital_id, id, user_id, kind, occasion, channel, status, created_at)"
        " SELECT %s, gen_random_uuid(), %s, 'test', ward.now() - n * interval '1 s', 'push', 'sent', ward.now()"
        " FROM generate_series(1, 60000) AS n", house.api.hospital("admin"), house.api.user("admin"))
    sql("ANALYZE deliveries")
    carer = Carer(house, channels=("sms", "whatsapp"), phone="+4915110000")
    sql("SELECT pg_stat_force_next_flush()")
    sql("SELECT pg_stat_reset()")
    for _ in range(5):
        alert = carer.alert()
        carer.wait(alert, "sms", "failed")
        carer.wait(alert, "whatsapp", "failed")
    others = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    sessions = [row.pid for row in sql(f"{others} AND usename IS NOT NULL")]
    sql("SELECT pg_terminate_backend(pid) FROM unnest(%s::int[]) AS pid", sessions)
    wait_for(lambda: not sql(f"{others} AND pid = ANY (%s)", sessions), 20, "they have ended and told what they read")
    read = sql("SELECT heap_blks_read + heap_blks_hit + idx_blks_read + idx_blks_hit AS blocks, pg_relation_size(%s)"
               " / current_setting('block_size')::int AS whole FROM pg_statio_user_tables WHERE relname = 'deliveries'",
               f"ward.{INDEX}")[0]
    assert read.blocks > 50, "what was read is counted"
    # Ten messages failed. If each read the log, even by the smallest index that holds all of it, it were ten times that.
    assert read.blocks < 5 * read.whole, read
