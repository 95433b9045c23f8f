"""Forms: label, help and error belong to their field."""

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH

from ekspora.ui.forms import Segments, Tiles
from tests.ui.pages import Answer

WISHES = [("must", "Harus"), ("like", "Ingin"), ("no", "Tidak")]


def test_an_error_and_a_help_describe_their_field() -> None:
    html = Answer({"name": ""}).as_div()
    assert 'for="id_name"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_only_optional_fields_say_so() -> None:
    html = str(Answer()["email"].as_field_group())
    assert "(tidak wajib)" in html
    assert "(tidak wajib)" not in str(Answer()["name"].as_field_group())


def test_a_group_of_choices_has_a_legend_and_its_tones() -> None:
    html = str(Answer({"wish": "must"})["wish"].as_field_group())
    assert "<legend>Temu dengan Sutra Garut</legend>" in html
    assert '<label class="must">' in html
    assert '<label class="no">' in html
    assert html.count("checked") == 1


def test_a_choice_shows_its_own_text_only_escaped() -> None:
    field = forms.ChoiceField(choices=[("<a>", "<b>")], widget=Tiles)
    html = type("F", (forms.Form,), {"x": field})().as_div()
    assert "<b>" not in html
    assert 'value="&lt;a&gt;"' in html


def test_every_choice_keeps_an_id_of_its_own() -> None:
    html = str(Answer()["wish"])
    assert {f'id="id_wish_{n}"' in html for n in range(3)} == {True}


def test_what_is_chosen_comes_back() -> None:
    form = type("F", (forms.Form,), {"wish": forms.ChoiceField(choices=WISHES, widget=Segments)})
    assert form({"wish": "like"}).is_valid()
    assert not form({"wish": "other"}).is_valid()


def test_errors_of_the_whole_form_stand_above_it() -> None:
    form = Answer({})
    form.add_error(None, "Batas waktu sudah lewat <x>.")
    html = form.as_div()
    assert "Batas waktu sudah lewat &lt;x&gt;." in html
    assert html.index("Batas waktu") < html.index("id_name")


def test_nothing_chosen_is_one_dash() -> None:
    class OfRecord(forms.Form):
        kind = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "---------s")])

    html = str(OfRecord()["kind"])
    assert '<option value="" selected>–</option>' in html
    assert '<option value="a">---------s</option>' in html
