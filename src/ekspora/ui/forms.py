"""How forms look: the renderer of every Django form, and choices that a thumb can hit."""

from typing import Any

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """``FORM_RENDERER``: label, help, field and errors, tied together for screen readers."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """As Django does, but "nothing chosen" is one dash, as on every other page."""
        if template_name == forms.Select.template_name:
            for _name, options, _index in context["widget"]["optgroups"]:
                for option in options:
                    if option["label"] == BLANK_CHOICE_DASH[0][1]:
                        option["label"] = "–"
        return str(super().render(template_name, context, request))


class _Tiled(forms.widgets.ChoiceWidget):
    """Choices as tiles; ``tones`` maps a value to ``must`` or ``no`` where it wants that colour."""

    template_name = "ui/widgets/tiles.html"
    look = "pick"

    def __init__(self, *args: Any, tones: dict[str, str] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.tones = tones or {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Django's context with the class of the look and the tone of each choice."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["look"] = self.look
        for _name, options, _index in context["widget"]["optgroups"]:
            for option in options:
                option["tone"] = self.tones.get(str(option["value"]), "")
        return context


class Tiles(_Tiled, forms.RadioSelect):
    """One choice of a few, as large tiles below each other."""

    template_name = "ui/widgets/tiles.html"


class Ticks(_Tiled, forms.CheckboxSelectMultiple):
    """Any number of choices, as large tiles below each other."""

    template_name = "ui/widgets/tiles.html"


class Segments(Tiles):
    """One choice of two to four short words side by side, such as must / would like / no."""

    look = "seg"
