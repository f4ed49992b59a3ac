//! Writes the forms that ship as workbooks, for other programs to read: `write_forms FOLDER`.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use phieu_xa::formats::xlsform_writer;
use phieu_xa::forms::BuiltIn;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args_os().nth(1).ok_or("usage: write_forms FOLDER")?);
    fs::create_dir_all(&folder)?;
    for built_in in BuiltIn::ALL {
        let form = built_in.read().map_err(|faults| format!("{}: {faults:?}", built_in.id()))?.form;
        let bytes = xlsform_writer::write(&form).map_err(|problem| format!("{problem:?}"))?;
        fs::write(folder.join(format!("{}.xlsx", built_in.id())), bytes)?;
    }
    Ok(())
}
