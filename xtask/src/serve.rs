//! `cargo xtask serve`: the page on this machine, rebuilt and reloaded whenever a source changes.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::Result;

use crate::failure::{Failure, Remedy as _};
use crate::process;
use crate::setup::Tools;

const FIRST_PORT: u16 = 8080;
const LAST_PORT: u16 = 8180;

pub fn run(tools: &Tools) -> Result<()> {
    let mut trunk = tools.wasm()?.trunk()?;
    let port = free_port()?;
    if port != FIRST_PORT {
        println!("serve: port {FIRST_PORT} is taken, so this is port {port}");
    }
    println!("serve: http://127.0.0.1:{port}/ (once the first build is done; Ctrl+C stops it)");

    // A folder of its own, so that a page being worked on never replaces the finished one in dist/.
    let dist = tools.project.root().join("target/serve");
    trunk.args(["serve", "--port", &port.to_string(), "--dist"]).arg(dist);
    process::run(&mut trunk).remedy("the page could not be served", "read trunk's message above")
}

fn free_port() -> Result<u16> {
    let is_free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    (FIRST_PORT..=LAST_PORT).find(is_free).ok_or_else(|| {
        Failure::error(
            format!("every port from {FIRST_PORT} to {LAST_PORT} is taken"),
            "stop a program that listens on one of them",
        )
    })
}
