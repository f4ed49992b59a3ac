"""Opens a CSV for Excel in LibreOffice with Vietnamese settings, as a double click does, sorts it
by its first column from the end, changes one cell, and saves it as a workbook and as a CSV again:
edit.py SOURCE FOLDER COLUMN ROW TEXT"""

import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.table import TableSortField

SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>vi-VN</value></prop></item>
</oor:items>
"""
CSV = "Text - txt - csv (StarCalc)"
# Semicolons, quotes, UTF-8, from the first line on, in Vietnamese.
READING = "59,34,76,1,,1066,false,true"
WRITING = READING + ",false"
# Any machine opens LibreOffice within this many tenths of a second.
PATIENCE = 600


def settings(**given):
    return tuple(PropertyValue(Name=name, Value=value) for name, value in given.items())


def connected(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for attempt in range(PATIENCE):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if attempt + 1 == PATIENCE:
                raise
            time.sleep(0.1)


def main(source, folder, column, row, text):
    user = f"{folder}/profile/user"
    subprocess.run(["mkdir", "-p", user], check=True)
    with open(f"{user}/registrymodifications.xcu", "w", encoding="utf-8") as file:
        file.write(SETTINGS)
    pipe = "phieu-xa-" + "".join(letter for letter in folder if letter.isalnum())
    office = subprocess.Popen(
        [
            "soffice",
            "--headless",
            "--norestore",
            f"-env:UserInstallation=file://{folder}/profile",
            f"--accept=pipe,name={pipe};urp;",
        ]
    )
    try:
        context = connected(pipe)
        desktop = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", context
        )
        reading = settings(Hidden=True, FilterName=CSV, FilterOptions=READING)
        book = desktop.loadComponentFromURL(f"file://{source}", "_blank", 0, reading)
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
    finally:
        office.terminate()
        office.wait()


main(*sys.argv[1:])
