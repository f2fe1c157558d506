"""The example of the how-to does what it says, as it stands there."""

import os
import re
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings

from khue.domains.stewardship.actions import endpoint
from khue.gateway import api as gateway

HOW_TO = (settings.REPOSITORY / "docs/how-to/use-from-another-program.md").read_text()


@pytest.mark.django_db(transaction=True)
def test_the_example_runs(served: str, key: Any, model_server: Any) -> None:
    [source] = re.findall(r"```python\n(.*?)```", HOW_TO, re.DOTALL)
    environment = os.environ | {"KHUE_URL": served, "KHUE_KEY": key.text, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", source], env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "7 ngày làm việc" in done.stdout and "Xin chào" in done.stdout and done.stdout.endswith("384\n")
    classes = [row.data_class.name for row in gateway.calls() if row.kind == "chat"]
    assert classes == ["INTERNAL", "PUBLIC"]


def test_every_code_of_the_gateway_s_refusals_is_explained() -> None:
    unsaid = {"server_error", "not_checked", "model_not_available"}
    for _status, code, _kind in endpoint.REFUSALS.values():
        assert code in unsaid or f"`{code}`" in HOW_TO
