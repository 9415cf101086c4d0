-- Why: undoes the audit log on a development database; in production this loses evidence and is refused by policy.
DROP FUNCTION ward.make_audit_partitions();
DROP TABLE ward.audit_log;
DROP FUNCTION ward.refuse_change();
