"""Published papers on the page of the process they report on."""

from datetime import datetime
from typing import Any

from madang.processes.kinds import Document, document_source
from madang.reports.figures import files_of, papers_about


@document_source
def papers_of_process(process: Any, *, at: datetime) -> list[Document]:
    """The PDF and HWPX of every paper within a process."""
    papers = papers_about(f"process/{process.pk}")
    files = files_of(paper.pk for paper in papers) if papers else {}
    return [
        Document(paper.title, one.url, one.kind, one.size)
        for paper in papers for one in files.get(paper.pk, ()) if one.format != "xlsx"
    ]  # fmt: skip
