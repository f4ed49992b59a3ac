"""Converts the forms that ship with pyxform, as ODK and KoboToolbox do, and looks over the result.

Anything that pyxform says is a fault. So is what ODK Validate would refuse in the XForm, as far as
it shows without Java: a path, a list or a text that is named but is not there.

usage: check_forms.py FOLDER WRITTEN: the one holds a folder of sheets for each form and the shared
sheets, the other the same forms as workbooks that the product wrote
"""

import csv
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from openpyxl import Workbook
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

SHARED = "chung"
SHEETS = ["survey", "choices", "settings", "competencies"]
XFORMS = "{http://www.w3.org/2002/xforms}"


def rows(file: Path) -> list[dict[str, str]]:
    if not file.is_file():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def workbook(form: Path) -> bytes:
    """The sheets of a form as an author would hand them to ODK; shared rows come first."""
    book = Workbook()
    book.remove(book.active)
    for name in SHEETS:
        folders = [form.parent / SHARED, form]
        found = [row for folder in folders for row in rows(folder / f"{name}.csv")]
        headings = list(dict.fromkeys(heading for row in found for heading in row))
        sheet = book.create_sheet(name)
        sheet.append(headings)
        for row in found:
            sheet.append([row.get(heading) or None for heading in headings])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def local_name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def paths(element: ElementTree.Element, above: str = "") -> Iterator[str]:
    path = f"{above}/{local_name(element)}"
    yield path
    for child in element:
        yield from paths(child, path)


def faults(xform: str, files: Path) -> Iterator[str]:
    """What the XForm names but does not have."""
    root = ElementTree.fromstring(xform)
    primary, *lists = root.iter(f"{XFORMS}instance")
    nodes = set(paths(primary[0]))
    # Every path from the root, except in the ids of texts, which stand in quotes.
    absolute = re.compile(rf"(?<!')/{local_name(primary[0])}(?:/[\w.-]+)+")

    list_names = {element.get("id") for element in lists}
    for source in filter(None, (element.get("src") for element in lists)):
        if not (files / Path(source).name).is_file():
            yield f"the file {source} is not there"

    translations = {
        translation.get("lang"): {
            text.get("id"): "".join(text.itertext()).strip() for text in translation
        }
        for translation in root.iter(f"{XFORMS}translation")
    }
    texts = {text for translation in translations.values() for text in translation}
    for language, translation in translations.items():
        for text in sorted(texts):
            # pyxform writes a dash where there is none.
            if translation.get(text, "-") in ("", "-"):
                yield f"{text} has no text in {language}"
    for item_text in root.iter(f"{XFORMS}itextId"):
        if item_text.text not in texts:
            yield f"the text {item_text.text} is not there"

    for element in root.iter():
        for value in [element.text or "", *element.attrib.values()]:
            if "${" in value:
                yield f"{value} was not replaced"
        for value in element.attrib.values():
            for path in absolute.findall(value):
                if path not in nodes:
                    yield f"{local_name(element)}: there is no node {path}"
            for name in re.findall(r"\binstance\('([^']*)'\)", value):
                if name not in list_names:
                    yield f"{local_name(element)}: there is no list {name}"
            for text in re.findall(r"\bjr:itext\('([^']*)'\)", value):
                if text not in texts:
                    yield f"{local_name(element)}: there is no text {text}"


def check(form: bytes, files: Path) -> list[str]:
    warnings: list[str] = []
    try:
        xform = convert(form, warnings=warnings, validate=False).xform
    except PyXFormError as error:
        return [*warnings, str(error)]
    return [*warnings, *faults(xform, files)]


def main() -> int:
    folder, written = (Path(argument) for argument in sys.argv[1:])
    shared = folder / SHARED
    forms = sorted(path.parent for path in folder.glob("*/survey.csv"))
    is_faulty = False
    for form in forms:
        file = written / f"{form.name}.xlsx"
        for name, content in [(form.name, workbook(form)), (file.name, file.read_bytes())]:
            found = check(content, shared)
            is_faulty |= bool(found)
            for fault in found or ["converted without a word"]:
                print(f"pyxform: {name}: {fault}")
    return 1 if is_faulty or not forms else 0


if __name__ == "__main__":
    sys.exit(main())
