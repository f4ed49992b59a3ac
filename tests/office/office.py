"""LibreOffice without a window, with a profile of its own and the settings of a language."""

import contextlib
import subprocess
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>{language}</value></prop></item>
</oor:items>
"""
CSV = "Text - txt - csv (StarCalc)"
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


@contextlib.contextmanager
def desktop(folder, language="vi-VN"):
    """The office's desktop; its profile lies in the folder."""
    user = f"{folder}/profile/user"
    subprocess.run(["mkdir", "-p", user], check=True)
    with open(f"{user}/registrymodifications.xcu", "w", encoding="utf-8") as file:
        file.write(SETTINGS.format(language=language))
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
        yield context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", context
        )
    finally:
        office.terminate()
        office.wait()


def opened(desk, path):
    """A file as a double click opens it; a CSV by its separator, each cell as it looks."""
    reading = settings(Hidden=True)
    if path.endswith(".csv"):
        with open(path, encoding="utf-8-sig") as file:
            separator = 59 if ";" in file.readline() else 44
        options = f"{separator},34,76,1,,0,false,true"
        reading = settings(Hidden=True, FilterName=CSV, FilterOptions=options)
    return desk.loadComponentFromURL(f"file://{path}", "_blank", 0, reading)
