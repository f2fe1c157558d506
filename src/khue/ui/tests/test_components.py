import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from khue.ui.gallery import FOLDER, documented
from khue.ui.templatetags.ui import UnknownIcon


def rendered(source, **context):
    return Template(source).render(Context(context))


def test_every_component_says_what_it_is_for():
    undocumented = {path.stem.lstrip("_") for path in FOLDER.glob("_*.html")} - set(documented())
    assert undocumented == {"field_notes"}  # a part of field


def test_a_sentence_without_a_source_says_so_in_words():
    with translation.override("en"):
        said = render_to_string("ui/components/_sentence.html", {"text": "At once.", "supported": False})
    assert "not backed" in said


def test_the_answer_line_counts_in_the_language_of_the_page():
    with translation.override("en"):
        line = render_to_string("ui/components/_answer_line.html", {"backed": 1, "unbacked": 2})
    assert "1 sentence backed" in line and "2 sentences not backed" in line and "no data sent out" in line


def test_what_left_is_said_instead_of_nothing():
    with translation.override("en"):
        line = render_to_string(
            "ui/components/_answer_line.html", {"backed": 1, "elsewhere": "vLLM", "left": "2 passages sent"}
        )
    assert "Answered by vLLM" in line and "2 passages sent" in line and "no data sent out" not in line


def test_text_of_people_is_escaped():
    quote = "<script>alert(1)</script>"
    for name in ("evidence", "sentence", "toast", "facts"):
        context = {"quote": quote, "text": quote, "title": quote, "facts": [(quote, quote)]}
        assert "<script>" not in render_to_string(f"ui/components/_{name}.html", context)


def test_a_card_escapes_its_title_and_keeps_its_content():
    card = rendered("{% card title=title %}<p>in</p>{% endcard %}", title="<b>")
    assert "&lt;b&gt;" in card and "<p>in</p>" in card


def test_an_icon_alone_has_a_name_and_an_icon_beside_words_has_none():
    assert 'aria-label="Tìm"' in rendered('{% icon "search" label="Tìm" %}')
    assert 'aria-hidden="true"' in rendered('{% icon "search" %}')


def test_an_icon_that_is_not_vendored_is_refused():
    with pytest.raises(UnknownIcon, match="no-such-icon"):
        rendered('{% icon "no-such-icon" %}')


class NameForm(forms.Form):
    name = forms.CharField(help_text="Short.")


def test_a_refused_field_ties_its_error_to_the_input():
    form = NameForm({"name": ""})
    field = render_to_string("ui/components/_field.html", {"field": form["name"]})
    assert (
        'aria-invalid="true"' in field and 'aria-describedby="id_name_notes"' in field and 'id="id_name_notes"' in field
    )
