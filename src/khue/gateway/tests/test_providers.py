"""Model servers as data: what the file and the settings may say, and what is refused before anything is sent."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps

from khue.gateway import api, errors
from khue.gateway.providers import registry
from khue.gateway.providers.file import ProvidersUnusable
from khue.gateway.zones import Zone

MINISTRY = {
    "name": "bo-noi-vu",
    "kind": "chat",
    "url": "http://llm.noi-bo.example",
    "key_from": "KHUE_KEY_BO",
    "zone": "institution",
    "jurisdiction": "VN",
    "operator": "Trung tâm Thông tin",
    "models": {"large": {"model": "qwen3-32b", "licence": "Apache-2.0"}},
    "energy": {"amount": 0.9, "unit": "J/token", "source": "measured by the operator, May 2026"},
}
CLOUD = {
    "name": "dam-may",
    "kind": "chat",
    "url": "https://api.dam-may.example/v1/",
    "zone": "country",
    "jurisdiction": "VN",
    "operator": "Công ty Đám Mây",
    "models": {"cloud": "viet-70b"},
    "price": {"amount": 12000, "unit": "VND/1M tokens", "source": "price list of 1 May 2026"},
}


@pytest.fixture
def listed(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Writes the file and points the settings at it."""
    monkeypatch.setenv("KHUE_KEY_BO", "mật khẩu")
    settings.KHUE_MODEL, settings.KHUE_MODEL_URL = "local", ""

    def write(*rows: Any, otherwise: Any = None) -> None:
        path = tmp_path / f"providers-{len(list(tmp_path.iterdir()))}.yaml"
        path.write_text(yaml.safe_dump({"providers": list(rows), "otherwise": otherwise}, allow_unicode=True))
        settings.KHUE_PROVIDERS = str(path)

    return write


def test_a_provider_is_what_its_row_says(listed: Any) -> None:
    listed(MINISTRY, CLOUD)
    [ministry] = registry.candidates("large")
    info = ministry.info
    assert (info.name, info.model, info.url) == ("bo-noi-vu", "qwen3-32b", "http://llm.noi-bo.example/v1")
    assert (info.zone, info.jurisdiction, info.licence) == (Zone.INSTITUTION, "VN", "Apache-2.0")
    assert info.energy is not None and info.energy.amount == 0.9
    assert ministry.key == "mật khẩu" and "mật khẩu" not in repr(ministry)
    assert [(alias.name, alias.zone) for alias in api.aliases()] == [
        ("default", "machine"), ("embeddings", "machine"), ("large", "institution"), ("cloud", "country"),
    ]  # fmt: skip


def test_the_embedded_model_names_its_digest_and_licence(listed: Any) -> None:
    info = registry.chat_provider().info
    assert (info.zone, info.licence, len(info.model_digest)) == (Zone.MACHINE, "Apache-2.0", 64)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "Bộ"}, "small letters"),
        ({"name": "embedded"}, "taken"),
        ({"colour": "red"}, "unknown field colour"),
        ({"operator": ...}, "operator is missing"),
        ({"kind": "draw"}, "chat or embed"),
        ({"jurisdiction": "Viet Nam"}, "two capital letters"),
        ({"models": {}}, "each alias"),
        ({"models": {"x": {"name": "qwen"}}}, "model of x"),
        ({"zone": "moon"}, "one of machine"),
        ({"zone": "machine"}, "very machine"),
        ({"zone": "abroad"}, "https"),
        ({"url": "https://me:secret@llm.example"}, "no password"),
        ({"url": "file:///etc/passwd"}, "http://"),
        ({"key_from": "KHUE_KEY_NONE"}, "KHUE_KEY_NONE holds no key"),
        ({"price": {"amount": 3}}, "source"),
    ],
)
def test_a_wrong_row_is_named_with_its_fault(listed: Any, change: dict[str, Any], said: str) -> None:
    listed({name: value for name, value in (MINISTRY | change).items() if value is not ...})
    with pytest.raises(ProvidersUnusable, match=said):
        registry.aliases()


def test_an_alias_never_spans_zones(listed: Any) -> None:
    listed(MINISTRY, CLOUD | {"models": {"large": "viet-70b"}})
    with pytest.raises(ProvidersUnusable, match="large spans zones: bo-noi-vu .* institution, dam-may in country"):
        registry.aliases()


def test_not_even_with_the_model_of_the_settings(listed: Any) -> None:
    listed(CLOUD | {"models": {"default": "viet-70b"}})
    with pytest.raises(ProvidersUnusable, match="default spans zones"):
        registry.aliases()


def test_otherwise_leads_nearer_never_further(listed: Any) -> None:
    listed(MINISTRY, CLOUD, otherwise={"cloud": "large", "large": "default"})
    assert [provider.info.name for provider in registry.candidates("cloud")] == ["dam-may", "bo-noi-vu", "embedded"]
    listed(MINISTRY, CLOUD, otherwise={"large": "cloud"})
    with pytest.raises(ProvidersUnusable, match="reaches further"):
        registry.aliases()


def test_otherwise_ends(listed: Any) -> None:
    office = MINISTRY | {"name": "so-noi-vu", "models": {"small": "qwen"}}
    listed(MINISTRY, office, otherwise={"large": "small", "small": "large"})
    with pytest.raises(ProvidersUnusable, match="back to itself"):
        registry.aliases()
    listed(MINISTRY, otherwise={"large": "nowhere"})
    with pytest.raises(ProvidersUnusable, match="nowhere"):
        registry.aliases()


def test_vectors_of_two_models_do_not_mix(listed: Any) -> None:
    listed(
        MINISTRY | {"kind": "embed", "zone": "machine", "url": "http://127.0.0.1:9", "models": {"embeddings": "bge-m3"}}
    )
    with pytest.raises(ProvidersUnusable, match="one model"):
        registry.aliases()


@pytest.mark.parametrize("content", ["providers: [", "providers: 3", "- a", "", "providers: [3]"])
def test_a_file_that_is_none(listed: Any, settings: Any, tmp_path: Path, content: str) -> None:
    settings.KHUE_PROVIDERS = str(tmp_path / "none.yaml")
    (tmp_path / "none.yaml").write_text(content)
    with pytest.raises(ProvidersUnusable):
        registry.aliases()


def test_a_file_that_is_not_there(settings: Any, tmp_path: Path) -> None:
    settings.KHUE_PROVIDERS = str(tmp_path / "none.yaml")
    with pytest.raises(ProvidersUnusable, match="cannot be read"):
        registry.aliases()


@pytest.mark.parametrize(
    ("url", "zone", "found", "is_stated"),
    [
        ("http://127.0.0.1:8101", "", Zone.MACHINE, True),
        ("http://[::1]:8101/v1", "", Zone.MACHINE, True),
        ("http://10.0.0.7:8000", "", Zone.ABROAD, False),
        ("http://10.0.0.7:8000", "institution", Zone.INSTITUTION, True),
        ("https://llm.example", "country", Zone.COUNTRY, True),
    ],
)
def test_a_zone_that_nobody_states_is_the_widest(
    settings: Any, url: str, zone: str, found: Zone, is_stated: bool
) -> None:
    settings.KHUE_MODEL_URL, settings.KHUE_MODEL_ZONE = url, zone
    info = registry.chat_provider().info
    assert (info.zone, info.zone_is_stated) == (found, is_stated)


def test_an_unknown_alias(listed: Any, no_model: None) -> None:
    with pytest.raises(errors.UnknownAlias):
        registry.candidates("large")
    with pytest.raises(errors.NoModel):
        registry.candidates("default")
    with pytest.raises(errors.UnknownAlias):
        registry.candidates("embeddings")


def test_what_cannot_be_used_stops_the_start_in_a_sentence(listed: Any) -> None:
    listed(CLOUD | {"models": {"default": "viet-70b"}})
    with pytest.raises(SystemExit, match="default spans zones"):
        apps.get_app_config("gateway").ready()
