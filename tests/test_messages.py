"""Nobody meets a text in the wrong language."""

import pytest
from django.conf import settings

from khue.cli import messages


@pytest.mark.parametrize("language", messages.TARGETS)
@pytest.mark.parametrize("part", messages.PARTS)
def test_every_text_is_translated(part, language):
    if not messages.file_of(part, language).exists():
        pytest.skip(f"{part}: nothing translated yet")
    assert [str(finding) for finding in messages.findings(part, language)] == []


@pytest.mark.parametrize("language", messages.TARGETS)
def test_no_two_parts_translate_the_same_text_otherwise(language):
    assert [str(finding) for finding in messages.conflicts(language)] == []


@pytest.fixture
def small_part(tmp_path, monkeypatch):
    """A part "small" of one module and one template, in a repository of its own."""
    package = tmp_path / "src" / "khue"
    (package / "small" / "templates").mkdir(parents=True)
    monkeypatch.setattr(settings, "PACKAGE", package)
    monkeypatch.setattr(settings, "REPOSITORY", tmp_path)
    monkeypatch.setitem(messages.PARTS, "small", ("small",))
    (package / "small" / "rules.py").write_text('text = _("Not read: %(name)s")\n')
    (package / "small" / "templates" / "page.html").write_text(
        "{% load i18n %}\n  <p>{% translate \"It's here\" %}</p>{% include 'x' with label=_('Open') %}\n"
        "{% blocktranslate count count=n trimmed %}\n {{ count }} file\n"
        "{% plural %}\n {{ count }} files\n{% endblocktranslate %}"
    )
    return package / "small"


def ids(catalog):
    return {message.id for message in catalog if message.id}


def test_strings_of_python_and_of_templates_are_gathered(small_part):
    assert ids(messages.gathered("small")) == {
        "Not read: %(name)s",
        "It's here",
        "Open",
        ("%(count)s file", "%(count)s files"),
    }


def translate(source, translation):
    path = messages.file_of("small", "vi")
    path.write_text(
        path.read_text().replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{translation}"')
    )


def test_a_translation_stays_when_strings_are_gathered_again(small_part):
    messages.write("small", "vi")
    translate("Open", "Mở")
    first = messages.file_of("small", "vi").read_text()
    messages.write("small", "vi")
    assert messages.file_of("small", "vi").read_text() == first
    assert "Open" not in {finding.text for finding in messages.findings("small", "vi")}


def test_a_lost_placeholder_is_found(small_part):
    messages.write("small", "vi")
    translate("Not read: %(name)s", "Không đọc được")
    problems = {finding.text: finding.problem for finding in messages.findings("small", "vi")}
    assert problems["Not read: %(name)s"] == "other placeholders than the source"
    assert problems["It's here"] == "untranslated"


def test_a_fuzzy_translation_is_found(small_part):
    messages.write("small", "vi")
    translate("Open", "Mở")
    path = messages.file_of("small", "vi")
    path.write_text(path.read_text().replace('msgid "Open"', '#, fuzzy\nmsgid "Open"'))
    assert {f.text: f.problem for f in messages.findings("small", "vi")}["Open"] == "fuzzy"


def test_parts_that_disagree_are_found(small_part, monkeypatch):
    monkeypatch.setattr(messages, "PARTS", {"small": ("small",), "other": ("small",)})
    for part, translation in (("small", "Mở"), ("other", "Bật")):
        messages.write(part, "vi")
        path = messages.file_of(part, "vi")
        path.write_text(path.read_text().replace('msgid "Open"\nmsgstr ""', f'msgid "Open"\nmsgstr "{translation}"'))
    assert [finding.text for finding in messages.conflicts("vi")] == ["Open"]
