"""What the tests of patients share: patients with names that occur nowhere else."""

import uuid

from api_support import Api


def unique_name() -> str:
    """A name of two words that no other patient has: letters alone, since names are found by letters."""
    letters = "".join(chr(ord("a") + int(each, 16)) for each in uuid.uuid4().hex)
    return f"Zq{letters[:9]} Yx{letters[9:18]}"


def take_in(api: Api, who: str = "doctor", **more) -> dict:
    return api.do(who, "POST", "/patients", {"name": unique_name(), **more})


def search(api: Api, who: str, text: str, **more) -> list[dict]:
    return api.do(who, "POST", "/patients/search", {"text": text, **more})


def accesses(api: Api, patient: dict) -> list[tuple]:
    """(action, actor) of every row that says who saw or changed the record, in order."""
    rows = api.ward.sql("SELECT action, actor_id FROM patient_accesses WHERE patient_id = %s ORDER BY occurred_at, id",
                        parameters=[patient["id"]])
    return [(row.action, str(row.actor_id)) for row in rows]
