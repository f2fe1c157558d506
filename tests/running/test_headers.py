"""Every answer carries the browser's orders, whoever asks."""

import pytest
from django.test import override_settings

from khue.kernel.headers import policy


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/healthz", "/no-such-page"])
def test_only_our_own_scripts_run_and_nobody_frames_us(client, address):
    headers = client.get(address).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in headers["Content-Security-Policy"].replace("style-src-attr 'unsafe-inline'", "")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


@override_settings(KHUE_OIDC_ISSUER="https://id.example.vn/realms/so")
def test_a_sign_in_form_may_lead_to_the_institutions_own_service():
    assert "form-action 'self' https://id.example.vn;" in policy() + ";"
