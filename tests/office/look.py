"""What LibreOffice makes of files: look.py FOLDER LANGUAGE FILE… prints for each, as JSON, how many
of its cells are formulas, how many charts it has, and its sheets cell by cell, and saves it beside
itself as a workbook again, FILE-LANGUAGE.xlsx."""

import json
import sys

# First: it has uno, which makes the office's own names known.
from office import desktop, opened, settings

from com.sun.star.sheet.CellFlags import FORMULA


def seen(book):
    sheets, formulas, charts = {}, 0, 0
    for sheet in (book.Sheets.getByIndex(at) for at in range(book.Sheets.Count)):
        formulas += len(sheet.queryContentCells(FORMULA).getRangeAddresses())
        charts += sheet.Charts.Count
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        area = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)
        sheets[sheet.Name] = [[str(cell) for cell in row] for row in area.getDataArray()]
    return {"formulas": formulas, "charts": charts, "sheets": sheets}


def main(folder, language, *files):
    with desktop(folder, language) as desk:
        found = []
        for file in files:
            book = opened(desk, file)
            found.append(seen(book))
            workbook = settings(FilterName="Calc MS Excel 2007 XML")
            book.storeToURL(f"file://{file}-{language}.xlsx", workbook)
            book.close(True)
        print(json.dumps(found))


main(*sys.argv[1:])
