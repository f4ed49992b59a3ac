"""Opens a CSV for Excel in LibreOffice with Vietnamese settings, as a double click does, sorts it
by its first column from the end, changes one cell, and saves it as a workbook and as a CSV again:
edit.py SOURCE FOLDER COLUMN ROW TEXT"""

import sys

import uno
from office import CSV, desktop, settings

from com.sun.star.table import TableSortField

# Semicolons, quotes, UTF-8, from the first line on, in Vietnamese.
READING = "59,34,76,1,,1066,false,true"
WRITING = READING + ",false"


def main(source, folder, column, row, text):
    with desktop(folder) as desk:
        reading = settings(Hidden=True, FilterName=CSV, FilterOptions=READING)
        book = desk.loadComponentFromURL(f"file://{source}", "_blank", 0, reading)
        sheet = book.Sheets.getByIndex(0)
        sheet.getCellByPosition(int(column), int(row)).setString(text)
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        area = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)
        by = (TableSortField(Field=0, IsAscending=False),)
        by = uno.Any("[]com.sun.star.table.TableSortField", by)
        area.sort(settings(SortFields=by, ContainsHeader=True))
        workbook = settings(FilterName="Calc MS Excel 2007 XML")
        book.storeToURL(f"file://{folder}/saved.xlsx", workbook)
        writing = settings(FilterName=CSV, FilterOptions=WRITING)
        book.storeToURL(f"file://{folder}/saved.csv", writing)
        book.close(True)


main(*sys.argv[1:])
