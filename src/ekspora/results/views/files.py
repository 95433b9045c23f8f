"""The report on paper and as a workbook."""

from django.http import HttpResponse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.programmes.views.access import changeable, seen
from ekspora.results.queries.reports import contents, report_of
from ekspora.results.report_pdf import report_pdf as pdf_of
from ekspora.results.workbook import workbook
from ekspora.ui.sheets import as_download


@officers_only
@require_safe
def report_pdf(request: ActorRequest, pk: int) -> HttpResponse:
    """The report to print and sign, in Indonesian; ``?language=en`` in English."""
    activity = seen(request, pk)
    language = "en" if request.GET.get("language") == "en" else "id"
    with translation.override(language):
        data = pdf_of(activity, report_of(activity), contents(activity, request.actor))
    response = HttpResponse(data, content_type="application/pdf")
    name = f"{activity.name} ({language}).pdf"
    response["Content-Disposition"] = content_disposition_header(False, name) or ""
    return response


@officers_only
@require_safe
def report_xlsx(request: ActorRequest, pk: int) -> HttpResponse:
    """Everything behind the report, for officers of the lead and co-organisers: it shows who said what."""
    activity = changeable(request, pk)
    return as_download(workbook(activity, contents(activity, request.actor)), "report.xlsx")
