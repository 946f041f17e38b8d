//! `partnersim play`: the page on the loopback address, to those alone who ask for it by that address.

use crate::program::{ended, partnersim, run, said, told};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use tempfile::TempDir;

/// As much of the playground as the command looks at, longer than what goes through a socket at once.
fn page() -> String {
    let filling = "QUJD".repeat(200_000);
    format!(
        "<!doctype html>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-x'\">\n\
         <script type=\"application/x-lzma;base64\" id=\"module\">{filling}</script>\n<p>ü</p>\n"
    )
}

fn workplace() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("page.html"), page()).unwrap();
    folder
}

/// The command at work, and where it listens.
struct Served {
    child: Child,
    host: String,
    rest: BufReader<std::process::ChildStderr>,
}

fn served(folder: &TempDir, arguments: &[&str]) -> Served {
    let mut command = partnersim(folder);
    command.args(["play", "--page", "page.html", "--no-open"]).args(arguments);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut rest = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    rest.read_line(&mut line).unwrap();
    let address = line.strip_prefix("The playground is at http://").unwrap_or_else(|| panic!("{line}"));
    let host = address.split('/').next().unwrap().to_string();
    Served { child, host, rest }
}

impl Served {
    /// What comes back for a request, head and body.
    fn answer(&self, request: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.write_all(request.replace("HOST", &self.host).as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.to_string(), body.to_string())
    }

    /// Asks it to end; gives how it ended and what it said.
    fn interrupted(mut self) -> (ExitStatus, String, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        let (mut said, mut told) = (String::new(), String::new());
        self.child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        self.rest.read_to_string(&mut told).unwrap();
        (self.child.wait().unwrap(), said, told)
    }
}

#[test]
fn the_page_is_served_as_it_is_to_this_machine_until_ctrl_c() {
    let folder = workplace();
    let served = served(&folder, &["--format", "json"]);
    assert!(served.host.starts_with("127.0.0.1:"), "{}", served.host);
    // A connection on which nothing is asked keeps nobody waiting.
    let _idle = TcpStream::connect(&served.host).unwrap();
    let (head, body) = served.answer("GET / HTTP/1.1\r\nHost: HOST\r\n\r\n");
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n") && body == page(), "{head}");
    for line in [
        "Content-Type: text/html; charset=utf-8".to_string(),
        format!("Content-Length: {}", page().len()),
        "Content-Security-Policy: default-src 'none'; script-src 'sha256-x'; frame-ancestors 'none'".to_string(),
        "Cache-Control: no-store".to_string(),
        "X-Content-Type-Options: nosniff".to_string(),
    ] {
        assert!(head.lines().any(|own| own == line), "{line}: {head}");
    }
    let (head, body) = served.answer("HEAD / HTTP/1.1\r\nHost: HOST\r\n\r\n");
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n") && body.is_empty(), "{head}");
    let host = served.host.clone();
    let (status, said, told) = served.interrupted();
    assert_eq!((status.code(), told.as_str()), (Some(0), ""));
    let document: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(document["answer"]["address"], format!("http://{host}/"));
    assert_eq!(document["answer"]["answered"], 2);
    assert!(TcpStream::connect(&host).is_err(), "nothing listens any longer");
}

#[test]
fn whoever_asks_for_anything_else_or_under_another_name_is_refused() {
    let folder = workplace();
    let served = served(&folder, &[]);
    for (request, status) in [
        ("GET / HTTP/1.1\r\nHost: playground.example\r\n\r\n", "421"),
        ("GET / HTTP/1.1\r\n\r\n", "421"),
        ("GET /page.html HTTP/1.1\r\nHost: HOST\r\n\r\n", "404"),
        ("GET /../page.html HTTP/1.1\r\nHost: HOST\r\n\r\n", "404"),
        ("POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\n\r\nhello", "405"),
        ("what is this\r\n\r\n", "400"),
        (&format!("GET / HTTP/1.1\r\nHost: HOST\r\nX: {}\r\n\r\n", "x".repeat(14_000)), "200"),
    ] {
        let (head, body) = served.answer(request);
        assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{request:.80}: {head}");
        assert_eq!(body.contains("<!doctype html>"), status == "200", "{request:.80}");
    }
    let (status, said, _) = served.interrupted();
    assert_eq!((status.code(), said.as_str()), (Some(0), ""));
}

#[test]
fn a_page_that_is_not_there_or_not_ours_is_told_with_what_to_do() {
    let folder = workplace();
    fs::write(folder.path().join("other.html"), "<!doctype html><p>Hello</p>").unwrap();
    let lost = ended(&folder, &["play", "--page", "nowhere.html"], 2);
    assert!(told(&lost).contains("nowhere.html cannot be read"), "{}", told(&lost));
    let other = ended(&folder, &["play", "--page", "other.html"], 2);
    assert!(told(&other).contains("other.html is not the playground; `cargo run -p xtask -- playground` builds it"));
    // A program that lies alone, as no release leaves it.
    let alone = folder.path().join("deep/bin");
    fs::create_dir_all(&alone).unwrap();
    fs::copy(env!("CARGO_BIN_EXE_partnersim"), alone.join("partnersim")).unwrap();
    let output = Command::new(alone.join("partnersim")).arg("play").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    for part in ["there is neither ", "deep/bin/playground.html nor ", "A release holds it", "--page FILE"] {
        assert!(told(&output).contains(part), "{part}: {}", told(&output));
    }
    // Beside the program, or above it as cargo has it, the page is found.
    fs::write(folder.path().join("deep/playground.html"), page()).unwrap();
    let saved = Command::new(alone.join("partnersim"))
        .args(["play", "--save", "copy.html"])
        .current_dir(&alone)
        .output()
        .unwrap();
    assert_eq!(saved.status.code(), Some(0), "{}", told(&saved));
    assert_eq!(fs::read_to_string(alone.join("copy.html")).unwrap(), page());
}

#[test]
fn a_saved_page_is_the_page_and_takes_the_place_of_no_other_file_unasked() {
    let folder = workplace();
    let arguments = ["play", "--page", "page.html", "--save", "copy.html"];
    assert!(said(&ended(&folder, &arguments, 0)).contains("saved the playground to copy.html"));
    assert_eq!(fs::read_to_string(folder.path().join("copy.html")).unwrap(), page());
    let again = ended(&folder, &arguments, 4);
    assert!(told(&again).contains("copy.html exists"), "{}", told(&again));
    assert_eq!(run(&folder, &[&arguments[..], &["--force"]].concat()).status.code(), Some(0));
}
