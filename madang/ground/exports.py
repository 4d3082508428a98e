"""A list as CSV or XLSX, for officials and for open data. Cells that a spreadsheet would run as a formula are made harmless."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse

from madang.ground.clock import KST
from madang.methods.tables import spreadsheet_safe

MOST_ROWS = 200_000


def export(
    name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, as_xlsx: bool, title: str = "", at: datetime
) -> HttpResponse:
    """The rows as a file to save: CSV in UTF-8 with the mark spreadsheets need, or XLSX with a bold head and frozen pane."""
    plain = ([_cell(c) for c in row] for _i, row in zip(range(MOST_ROWS), rows, strict=False))
    body, mime, suffix = (
        (_xlsx(columns, plain, title or name, at), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
        if as_xlsx
        else (_csv(columns, plain), "text/csv; charset=utf-8", "csv")
    )
    response = HttpResponse(body, content_type=mime)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}_{at.astimezone(KST):%Y%m%d}.{suffix}')}"
    return response


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(KST).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if value is None:
        return ""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else spreadsheet_safe(str(value))


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([str(c) for c in columns])
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str, at: datetime) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "created": at.replace(tzinfo=None)})
    sheet = book.add_worksheet()
    head, number = book.add_format({"bold": True, "bottom": 1, "text_wrap": True}), book.add_format({"num_format": "#,##0"})
    sheet.freeze_panes(1, 0)
    for c, name in enumerate(columns):
        sheet.write_string(0, c, str(name), head)
        sheet.set_column(c, c, max(10, min(40, len(str(name)) * 2)))
    for r, row in enumerate(rows, start=1):
        for c, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(r, c, value, number)
            else:
                sheet.write_string(r, c, str(value))
    sheet.autofilter(0, 0, max(1, sheet.dim_rowmax or 1), len(columns) - 1)
    book.close()
    return out.getvalue()
