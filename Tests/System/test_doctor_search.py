"""Looking for a doctor: filters, the order of ratings, and who may rate."""

import itertools
import uuid

import pytest
from api_raw import assert_refused
from api_support import NOBODY, Complaints
from clinic_support import patient_with_account, visit
from own_house import api, ward  # noqa: F401 (fixtures by name)


def rated(api, doctor: str, *scores: int) -> None:
    """Patients who have seen the doctor give these."""
    for score in scores:
        name = f"p{uuid.uuid4().hex[:8]}"
        patient = patient_with_account(api, name)
        api.do(name, "PUT", f"/appointments/{visit(api, patient, doctor)}/rating", {"score": score})


@pytest.fixture(scope="module")
def doctors(api, ward) -> list[dict]:
    """Twelve doctors with everything that is filtered by, as they are expected in answers."""
    places = {city: api.do("admin", "POST", "/locations", {"name": f"House {city}", "address": f"1 Way, {city}"})["id"]
              for city in ("Pune", "Nashik")}
    for code, city in (("ER", "Pune"), ("ICU", "Nashik")):
        ward.sql("UPDATE departments SET location_id = %s WHERE hospital_id = %s AND code = %s",
                 parameters=[places[city], api.hospital(), code])
    made = []
    for n in range(12):
        person = {"name": f"Dr Zeta {n}", "email": f"{uuid.uuid4().hex}@demo.ward", "licenseNumber": f"L-{uuid.uuid4().hex[:8]}",
                  "specialization": ("Cardiology", "Dermatology", "Cardiac surgery")[n % 3], "experienceYears": n,
                  "departmentId": api.department(("ER", "ICU")[n % 2])}
        user = api.do("admin", "POST", "/doctors", person)["id"]
        fee, active = (None if n % 4 == 3 else 1000 * n), n != 7
        ward.sql("INSERT INTO resources (hospital_id, id, kind, user_id, fee_minor, is_active)"
                 " VALUES (%s, gen_random_uuid(), 'doctor', %s, %s, %s)", "admin",
                 parameters=[api.hospital(), user, fee, active])
        scores = [(5, 5), (4,), (), (5,), (1, 2), (3, 4, 4)][n % 6]
        rated(api, user, *scores)
        made.append({"id": user, "n": n, "city": ("Pune", "Nashik")[n % 2], "location": places[("Pune", "Nashik")[n % 2]],
                     "department": person["departmentId"], "specialization": person["specialization"], "fee": fee,
                     "active": active, "years": n, "ratings": len(scores),
                     "rating": round(sum(scores) / len(scores), 2) if scores else None})
    return made


def test_every_filter_returns_its_subset_in_order(api, doctors):
    """199: each combination of filters returns exactly the doctors that match, the best rated first"""
    choices = {
        "specialization": (None, "cardiology", "CARD"), "minRating": (None, 3.7, 5), "isAvailable": (None, "true", "false"),
        "place": (None, "city", "locationId", "departmentId"), "maxFeeMinor": (None, 4000), "minExperienceYears": (None, 5),
    }
    complaints = Complaints()
    for values in itertools.product(*choices.values()):
        wanted = dict(zip(choices, values, strict=True))
        place = wanted.pop("place")
        query = {name: value for name, value in wanted.items() if value is not None}
        if place:
            query[place] = {"city": "pune", "locationId": doctors[0]["location"], "departmentId": doctors[0]["department"]}[place]
        right = [each for each in doctors
                 if (not place or each["city"] == "Pune")
                 and (not wanted["specialization"] or wanted["specialization"].lower() in each["specialization"].lower())
                 and (wanted["minRating"] is None or (each["rating"] or 0) >= wanted["minRating"])
                 and (wanted["isAvailable"] is None or each["active"] == (wanted["isAvailable"] == "true"))
                 and (wanted["maxFeeMinor"] is None or each["fee"] is not None and each["fee"] <= wanted["maxFeeMinor"])
                 and (wanted["minExperienceYears"] is None or each["years"] >= wanted["minExperienceYears"])]
        right.sort(key=lambda each: (each["rating"] or 0, each["ratings"], each["id"]), reverse=True)
        with complaints.about(str(query)):
            text = "&".join(f"{name}={value}" for name, value in query.items())
            answer = api.call("patient", "GET", f"/doctors/search?search=zeta&limit=100&{text}").json()
            assert [each["id"] for each in answer["data"]] == [each["id"] for each in right]
            assert answer["page"]["total"] == len(right)
    complaints.settle(at_least=300)


def test_a_doctor_is_shown_with_what_patients_gave(api, doctors):
    """199: a profile shows the mean and the number of ratings, the fee, and nothing that only the hospital should see"""
    for each in doctors:
        shown = api.do("patient", "GET", f"/doctors/{each['id']}/profile")
        assert (shown["rating"], shown["ratings"], shown["feeMinor"]) == (each["rating"], each["ratings"], each["fee"])
        assert (shown["isAvailable"], shown["experienceYears"]) == (each["active"], each["years"])
        assert not {"licenseNumber", "email", "phone"} & set(shown)
    assert_refused(api.call("patient", "GET", f"/doctors/{api.user('nurse')}/profile"), 404)
    assert_refused(api.call("other nurse", "GET", f"/doctors/{doctors[0]['id']}/profile"), 404)
    assert api.do("other nurse", "GET", "/doctors/search?search=zeta") == []


def test_pages_of_a_search_repeat_nobody(api, doctors):
    """199: a search is walked page by page, by cursor and by offset, in the order of ratings, nobody twice"""
    whole = [each["id"] for each in api.do("patient", "GET", "/doctors/search?search=zeta&limit=100")]
    found, cursor = [], ""
    while cursor is not None:
        answer = api.call("patient", "GET", f"/doctors/search?search=zeta&limit=5{cursor}").json()
        found += [each["id"] for each in answer["data"]]
        cursor = f"&cursor={answer['page']['next']}" if answer["page"]["next"] else None
    offsets = [each["id"] for n in range(0, 15, 5)
               for each in api.do("patient", "GET", f"/doctors/search?search=zeta&limit=5&offset={n}")]
    assert found == offsets == whole and len(set(whole)) == 12


def test_who_rates(api, ward):
    """199: the patient himself rates a visit that is over, once; another number takes the place of the first"""
    doctor = api.do("admin", "POST", "/doctors", {"name": "Dr Eta", "email": f"{uuid.uuid4().hex}@demo.ward",
                                                "licenseNumber": f"L-{uuid.uuid4().hex[:8]}"})["id"]
    patient = patient_with_account(api, "erna")
    patient_with_account(api, "fritz")
    over = visit(api, patient, doctor)
    path = f"/appointments/{over}/rating"
    assert api.do("erna", "PUT", path, {"score": 2})["rating"] == 2
    again = api.do("erna", "PUT", path, {"score": 5})
    assert (again["rating"], again["ratings"]) == (5, 1)
    for who in ("fritz", "doctor", "admin", "other admin"):
        assert_refused(api.call(who, "PUT", path, {"score": 1}), 404)
    for n, status in enumerate(("scheduled", "confirmed", "checked_in", "in_progress", "cancelled", "no_show")):
        refused = api.call("erna", "PUT", f"/appointments/{visit(api, patient, doctor, status, days=n + 1)}/rating", {"score": 1})
        assert assert_refused(refused, 409)["details"] == {"status": status}
    assert_refused(api.call("erna", "PUT", f"/appointments/{NOBODY}/rating", {"score": 1}), 404)
    for bad in (0, 6, "5", None):
        assert_refused(api.call("erna", "PUT", path, {"score": bad}), 400)
    assert api.do("erna", "GET", f"/doctors/{doctor}/profile")["rating"] == 5
    rows = ward.sql("SELECT ratings, total FROM doctor_scores WHERE doctor_id = %s", parameters=[doctor])
    assert [(row.ratings, row.total) for row in rows] == [(1, 5)]


def test_who_left_is_not_found(api):
    """199: a doctor who was deactivated is found no more"""
    doctor = api.do("admin", "POST", "/doctors", {"name": "Dr Theta", "email": f"{uuid.uuid4().hex}@demo.ward",
                                                "licenseNumber": f"L-{uuid.uuid4().hex[:8]}"})["id"]
    assert [each["id"] for each in api.do("patient", "GET", "/doctors/search?search=theta")] == [doctor]
    api.do("admin", "DELETE", f"/doctors/{doctor}")
    assert api.do("patient", "GET", "/doctors/search?search=theta") == []
    assert_refused(api.call("patient", "GET", f"/doctors/{doctor}/profile"), 404)
