"""Registers brought in as files: upload, look, agree, write, correct, undo."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ekspora.core import topics
from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Job
from ekspora.directory.forms.imports import UploadForm
from ekspora.directory.models import Import
from ekspora.directory.queries import imports as reads
from ekspora.directory.queries.businesses import agencies_of
from ekspora.directory.services import importing
from ekspora.directory.services.importing.comparing import topic_of as comparison_of
from ekspora.directory.services.importing.writing import topic_of
from ekspora.directory.views.import_report import shown
from ekspora.directory.views.lists import PAGE
from ekspora.engines.registers import corrections, schemas
from ekspora.engines.registers import template as empty_register
from ekspora.ui import formats
from ekspora.ui.sheets import as_download


@officers_only
@require_safe
def imports(request: ActorRequest) -> HttpResponse:
    """All files taken, newest first."""
    page = Paginator(reads.imports_for(request.actor), PAGE).get_page(request.GET.get("page"))
    return render(request, "directory/imports.html", {"page": page})


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponseBase:
    """Choose the file of a register."""
    kind, scope = request.GET.get("as", "businesses"), request.GET.get("scope", "")
    if kind not in schemas() or (scope and scope.partition(":")[0] not in importing.after_write):
        raise Http404
    form = UploadForm(request.POST or None, request.FILES or None, agencies=agencies_of(request.actor))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            source = importing.take(
                agency=form.cleaned_data["agency"], actor=request.actor, kind=kind, scope=scope,
                file_name=file.name, data=file.read(),
            )  # fmt: skip
        except DomainError as error:
            form.add_error("file", str(error))
        else:
            return redirect("import_preview", source.pk)
    context = {"form": form, "kind": kind, "scope": scope, "kinds": _kinds()}
    return render(request, "directory/import_new.html", context)


def _kinds() -> list[tuple[str, str]]:
    return [(key, schema.label[formats.locale().language]) for key, schema in schemas().items()]


@officers_only
@require_safe
def preview(request: ActorRequest, pk: int) -> HttpResponse:
    """What was understood of a file; after writing, what it became."""
    source = _found(request, pk)
    job = Job.objects.filter(topic=topic_of(source)).first()
    earlier = Import.objects.filter(agency=source.agency, digest=source.digest, state=Import.State.DONE)
    topic = topics.about(source.scope) if source.scope else None
    if topic is not None and topic.show is not None:
        topic.show(request, "participants")
    context: dict[str, Any] = {
        "source": source, "topic": topic, "report": shown(source), "job": job,
        "running": job is not None and job.finished_at is None,
        "earlier": earlier.exclude(pk=source.pk).first() if source.state == Import.State.PREVIEW else None,
        "kind": dict(_kinds()).get(source.kind, source.kind), "resembling": reads.resembling(source),
        "comparison": Job.objects.filter(topic=comparison_of(source), finished_at=None).first(),
    }  # fmt: skip
    return render(request, "directory/import.html", context)


@officers_only
@require_POST
def columns(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Read the file again with columns taken as somebody says."""
    source = _found(request, pk)
    names = source.report.get("columns", [])
    wanted = {name: request.POST.get(f"column-{i}", "") for i, name in enumerate(names)}
    try:
        importing.remap(source=source, mapping=wanted)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("import_preview", pk)


@officers_only
@require_POST
def sheets(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Read another sheet of the workbook, or without its name all of one shape together."""
    source = _found(request, pk)
    name = request.POST.get("sheet", "")
    try:
        importing.choose_sheets(
            source=source,
            sheets=[name] if name else source.report.get("alike", []),
            actor=request.actor.person,
        )
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("import_preview", pk)


@officers_only
@require_POST
def confirm(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Write the good rows."""
    source = _found(request, pk)
    try:
        job = importing.confirm(source=source, actor=request.actor)
    except Conflict as conflict:
        messages.info(request, str(conflict))
        return redirect("import_preview", pk)
    return redirect("job", job.pk)


@officers_only
@require_safe
def corrections_file(request: ActorRequest, pk: int) -> HttpResponse:
    """The bad rows as a workbook that says what is wrong with each, to be corrected and uploaded again."""
    source = _found(request, pk)
    language = formats.locale().language
    try:
        understanding = importing.read_for_corrections(source)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("import_preview", pk)
    name = source.file_name.rpartition(".")[0] or source.file_name
    told = _("to correct")
    return as_download(corrections(understanding, language), f"{name} – {told}.xlsx")


@officers_only
@require_safe
def template(request: ActorRequest, kind: str) -> HttpResponse:
    """An empty register to fill in."""
    if kind not in schemas():
        raise Http404
    return as_download(empty_register(kind), f"ekspora-{kind}.xlsx")


@officers_only
@require_POST
def undo(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Take a written import back as a whole."""
    source = _found(request, pk)
    try:
        result = importing.undo(source=source, actor=request.actor)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("import_preview", pk)
    kept = len(result["kept"])
    messages.success(request, _("The import was undone."))
    if kept:
        told = ngettext(
            "%(n)s record was kept, see below why.", "%(n)s records were kept, see below why.", kept
        )
        messages.warning(request, told % {"n": kept})
    return redirect("import_preview", pk)


def _found(request: ActorRequest, pk: int) -> Import:
    found = reads.import_for(request.actor, pk)
    if found is None:
        raise Http404
    return found
