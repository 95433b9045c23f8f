"""What an action on many businesses needs to know besides the businesses."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ekspora.core.actors import Actor
from ekspora.core.models import Agency
from ekspora.directory.models import Note


class BulkForm(forms.Form):
    """The form of an action that needs nothing more; others add fields and ``arguments``."""

    def __init__(self, *args: Any, actor: Actor, agency: Agency, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor, self.agency = actor, agency

    def arguments(self) -> dict[str, Any]:
        """What the action is given, as JSON takes it."""
        return dict(self.cleaned_data)


class NoteForm(BulkForm):
    """One note, written to each."""

    text = forms.CharField(
        label=_("Note"), max_length=Note._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Only officers of your agency read it. A person who asks for their data gets it as well: write nothing "
            "that you would not say to them."
        ),
    )  # fmt: skip
    is_pinned = forms.BooleanField(label=_("Keep on top"), required=False)


class OtherAgencyForm(BulkForm):
    """Another agency than the one that acts."""

    to = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["to"]
        assert isinstance(choice, forms.ModelChoiceField)  # as declared above
        choice.queryset = Agency.objects.exclude(pk=self.agency.pk)

    def arguments(self) -> dict[str, Any]:
        """The agency's number."""
        return {"to": self.cleaned_data["to"].pk}


class FileForm(BulkForm):
    """Which kind of file."""

    kind = forms.ChoiceField(
        label=_("File"), choices=(("xlsx", _("Excel workbook (XLSX)")), ("csv", _("text file (CSV)"))),
    )  # fmt: skip
