"""A line chart of a slide: native, with its figures in a sheet that can be edited, and words on its axis."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE_DASH_STYLE as DASH
from pptx.util import Pt
from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from loops.draw.archive import printable
from loops.draw.charts import Line, style
from loops.draw.deck.blank import colour
from loops.draw.deck.slides import Area
from loops.draw.palette import LIGHT

if TYPE_CHECKING:
    from pptx.chart.axis import ValueAxis
    from pptx.chart.chart import Chart
    from pptx.shapes.graphfrm import GraphicFrame
    from pptx.slide import Slide

_DASHES = {
    "dot": DASH.ROUND_DOT,
    "solid": DASH.SOLID,
    "dash": DASH.DASH,
    "dashdot": DASH.DASH_DOT,
    "longdash": DASH.LONG_DASH,
    "longdashdot": DASH.LONG_DASH_DOT,
}
_IN_WORDS = '[=0]"not yet";[=1]"fully";"partly"'
"""The number format of the level axis: a format can tell three kinds of number apart."""
_SIZE = Pt(13)


def add(slide: Slide, area: Area, lines: Sequence[Line], said: str) -> None:
    """Put a chart of monthly levels on a slide; `said` is for people who cannot see it."""
    years = [month / 12 for month in range(lines[0].levels.size)]
    data = cast("Any", XyChartData)()  # the library says no types here
    for line in lines:
        series = data.add_series(printable(line.name))
        for year, level in zip(years, line.levels, strict=True):
            series.add_data_point(year, float(level))
    left, top, width, height = (Pt(n) for n in area)
    kind = XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS
    frame = slide.shapes.add_chart(kind, left, top, width, height, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", printable(said))
    chart = cast("GraphicFrame", frame).chart
    chart.font.size, chart.font.color.rgb = _SIZE, colour(LIGHT.ink)
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _years(cast("ValueAxis", chart.category_axis), years[-1])
    _levels(chart.value_axis)
    _dress(chart, lines)
    _one_sheet(chart, years, lines)


def _one_sheet(chart: Chart, years: Sequence[float], lines: Sequence[Line]) -> None:
    """Keep the figures as people would: years in the first column, and a column for each line."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(0, 0, ["Years", *(printable(line.name) for line in lines)])
        for column, values in enumerate([years, *(line.levels.tolist() for line in lines)]):
            sheet.write_column(1, column, values)
    cast("Any", chart.part).chart_workbook.update_from_xlsx_blob(out.getvalue())
    last = len(years) + 1
    for number, series in enumerate(chart.plots[0].series, start=1):
        letter = xl_col_to_name(number)
        places = (f"Sheet1!${letter}$1", f"Sheet1!$A$2:$A${last}", f"Sheet1!${letter}$2:${letter}${last}")
        for formula, place in zip(series._element.xpath(".//c:f"), places, strict=True):
            formula.text = place


def _years(axis: ValueAxis, years: float) -> None:
    axis.minimum_scale, axis.maximum_scale = 0, years
    axis.major_unit = next((step for step in (1, 2, 5, 10, 20) if years / step <= 10), 50)
    axis.has_major_gridlines = False
    axis.major_tick_mark = XL_TICK_MARK.OUTSIDE
    axis.format.line.color.rgb = colour(LIGHT.muted)
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0", False
    axis.has_title = True
    axis.axis_title.text_frame.text = "years from the start"
    font = axis.axis_title.text_frame.paragraphs[0].font
    font.size, font.bold = _SIZE, False


def _levels(axis: ValueAxis) -> None:
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 1, 0.5
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = _IN_WORDS, False
    axis.major_gridlines.format.line.color.rgb = colour(LIGHT.grid)
    axis.format.line.fill.background()
    axis.major_tick_mark = XL_TICK_MARK.NONE


def _dress(chart: Chart, lines: Sequence[Line]) -> None:
    for line, series in zip(lines, chart.plots[0].series, strict=True):
        ink, dash = style(line.style, LIGHT)
        series.smooth = False
        series.format.line.color.rgb, series.format.line.dash_style = colour(ink), _DASHES[dash]
        series.format.line.width = Pt(3 if line.style == 1 else 2.25)
