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
    assert headers["X-DNS-Prefetch-Control"] == "off"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_no_picture_font_frame_or_request_goes_elsewhere():
    """What is not named falls under default-src; forms do not, so they are named."""
    orders = dict(order.split(" ", 1) for order in policy().split("; "))
    assert {name: value for name, value in orders.items() if name != "style-src-attr"} == {
        "default-src": "'self'",
        "img-src": "'self' data: blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "form-action": "'self'",
    }


@override_settings(KHUE_OIDC_ISSUER="https://id.example.vn/realms/so")
def test_a_sign_in_form_may_lead_to_the_institutions_own_service():
    assert "form-action 'self' https://id.example.vn;" in policy() + ";"
