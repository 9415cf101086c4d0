"""SMS by Amazon SNS, held against an unmodified moto that checks signatures."""

import uuid
from types import SimpleNamespace
from urllib.parse import quote

import boto3
import pytest
import requests
from api_support import Api, own_ward
from moto.server import ThreadedMotoServer
from moto.sns.models import sns_backends
from test_channels import Carer
from ward_process import free_port

REGION, NOBODYS_ACCOUNT = "eu-central-1", "123456789012"


@pytest.fixture(scope="module")
def amazon():
    """moto with one account that may send, whose requests must be signed from then on."""
    port = free_port()
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    url = f"http://127.0.0.1:{port}"
    try:
        iam = boto3.client("iam", endpoint_url=url, region_name=REGION, aws_access_key_id="x", aws_secret_access_key="x")
        iam.create_user(UserName="ward")
        iam.put_user_policy(UserName="ward", PolicyName="send", PolicyDocument=(
            '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sns:Publish", "Resource": "*"}]}'))
        key = iam.create_access_key(UserName="ward")["AccessKey"]
        assert requests.post(f"{url}/moto-api/reset-auth", data="0", timeout=10).status_code == 200
        yield SimpleNamespace(url=url, id=key["AccessKeyId"], secret=key["SecretAccessKey"])
    finally:
        requests.post(f"{url}/moto-api/reset-auth", data="inf", timeout=10)
        server.stop()


def setting(amazon, secret: str | None = None) -> dict:
    secret = quote(secret or amazon.secret, safe="")
    return {"WARD_SMS_URL": f"sns://{amazon.id}:{secret}@{REGION}?endpoint={amazon.url}&sender=Ward"}


def texts(number: str) -> list[str]:
    return [text for to, text in sns_backends[NOBODYS_ACCOUNT][REGION].sms_messages.values() if to == number]


def test_sns_takes_a_signed_sms(amazon):
    """159: Amazon SNS takes the SMS, signed by Signature Version 4, once; its id is on record"""
    with own_ward(environment=setting(amazon)) as ward:
        house = SimpleNamespace(ward=ward, api=Api(ward))
        carer = Carer(house)
        alert = carer.alert()
        carer.wait(alert, "sms", "sent")
        [text] = texts(carer.phone)
        assert alert["roomNumber"] in text
        [row] = ward.sql("SELECT provider_id FROM deliveries WHERE alert_id = %s AND channel = 'sms'", "admin",
                         parameters=[alert["id"]])
        assert row.provider_id in sns_backends[NOBODYS_ACCOUNT][REGION].sms_messages


def test_sns_refuses_a_wrong_signature(amazon):
    """159: with a wrong secret moto refuses the signature; the message is final, not asked again, and nothing is sent"""
    with own_ward(environment=setting(amazon, uuid.uuid4().hex)) as ward:
        carer = Carer(SimpleNamespace(ward=ward, api=Api(ward)))
        row = carer.wait(carer.alert(), "sms", "failed")
        assert row["reason"] == "provider_refused_credentials" and row["attempts"] == 1
        assert texts(carer.phone) == []
