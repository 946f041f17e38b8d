//! One page for one machine: a server on the loopback address that answers nothing but `GET /` and `HEAD /`.
//!
//! A page elsewhere may let a name of its own point to this machine, so that a reader's browser would ask us on its behalf; such a request
//! names the other host, and is refused.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// The head of a request is not longer, and comes within this time; so does the whole answer go.
const LONGEST_HEAD: usize = 16_384;
const PATIENCE: Duration = Duration::from_secs(10);
/// Connections at once, many more than a browser opens; whoever comes beside them is sent away.
const MOST_CONNECTIONS: usize = 64;

/// A server that listens.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    at: SocketAddr,
    page: Arc<String>,
    policy: String,
}

/// What a request is answered with: the status, and what it says.
#[derive(Debug, PartialEq)]
enum Reply {
    Page,
    Refused(&'static str, &'static str),
}

impl Server {
    /// Listens on the loopback address, on a port that is free.
    ///
    /// # Errors
    /// When none is.
    pub fn new(page: String) -> io::Result<Server> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let at = listener.local_addr()?;
        // What a page cannot say of itself: that no other may show it in a frame.
        let policy = format!("{}; frame-ancestors 'none'", policy(&page).unwrap_or("default-src 'none'"));
        Ok(Server { listener, at, page: Arc::new(page), policy })
    }

    /// Where a browser finds the page.
    pub fn address(&self) -> String {
        format!("http://{}/", self.at)
    }

    /// Something to do that wakes the server, so that it looks whether it is over.
    pub fn knock(&self) -> impl Fn() + Send + use<> {
        let at = self.at;
        move || drop(TcpStream::connect(at))
    }

    /// Answers until it is over; gives how many requests got the page.
    ///
    /// # Errors
    /// When it cannot listen any longer.
    pub fn serve(&self, is_over: &AtomicBool) -> io::Result<u64> {
        let given = Arc::new(AtomicU64::new(0));
        while !is_over.load(Ordering::Relaxed) {
            let (stream, _) = match self.listener.accept() {
                Ok(come) => come,
                // Whoever came has gone again.
                Err(error)
                    if error.kind() == io::ErrorKind::ConnectionAborted
                        || error.kind() == io::ErrorKind::Interrupted =>
                {
                    continue;
                }
                Err(error) => return Err(error),
            };
            // Every connection holds the page, and so does the server.
            if Arc::strong_count(&self.page) > MOST_CONNECTIONS {
                continue;
            }
            let (page, policy, at, given) = (Arc::clone(&self.page), self.policy.clone(), self.at, Arc::clone(&given));
            // A browser opens connections that it does not use yet; nobody waits for them. That it goes away is no fault, and neither
            // is a machine without room for one thread more.
            let work = move || drop(answer(&stream, &page, &policy, at, &given));
            drop(thread::Builder::new().spawn(work));
        }
        Ok(given.load(Ordering::Relaxed))
    }
}

/// The policy that a page sets itself.
pub fn policy(page: &str) -> Option<&str> {
    let (_, rest) = page.split_once("<meta http-equiv=\"Content-Security-Policy\" content=\"")?;
    rest.split_once('"').map(|(policy, _)| policy)
}

/// Answers one request, and counts it where it gets the page.
fn answer(stream: &TcpStream, page: &str, policy: &str, at: SocketAddr, given: &AtomicU64) -> io::Result<()> {
    let Some(head) = head(&mut Hurried::from_now(stream))? else { return Ok(()) };
    let reply = reply(&head, at);
    given.fetch_add(u64::from(reply == Reply::Page), Ordering::Relaxed);
    let (status, kind, body) = match &reply {
        Reply::Page => ("200 OK", "text/html", page),
        Reply::Refused(status, told) => (*status, "text/plain", *told),
    };
    let allow = if status.starts_with("405") { "Allow: GET, HEAD\r\n" } else { "" };
    let mut hurried = Hurried::from_now(stream);
    write!(
        hurried,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {}\r\n{allow}Content-Security-Policy: {policy}\r\n\
         Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n\
         Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Resource-Policy: same-origin\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    // Whoever asks for a head gets no body, whatever the answer is.
    if !head.starts_with(b"HEAD ") {
        hurried.write_all(body.as_bytes())?;
    }
    stream.shutdown(std::net::Shutdown::Write)?;
    // What is sent and not read would cut off the answer.
    io::copy(&mut hurried.take(LONGEST_HEAD as u64), &mut io::sink())?;
    Ok(())
}

/// A connection with a moment at which patience ends, however little of anything comes or goes at a time.
struct Hurried<'a> {
    stream: &'a TcpStream,
    until: Instant,
}

impl Hurried<'_> {
    fn from_now(stream: &TcpStream) -> Hurried<'_> {
        Hurried { stream, until: Instant::now() + PATIENCE }
    }

    /// What is left of the time.
    fn left(&self) -> io::Result<Option<Duration>> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(Some(left)) }
    }
}

impl Read for Hurried<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(self.left()?)?;
        self.stream.read(buffer)
    }
}

impl Write for Hurried<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(self.left()?)?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// The bytes of a request up to the empty line; `None` where it ends before, none at all where it is too long.
fn head(stream: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let (mut head, mut buffer) = (Vec::new(), [0; 2048]);
    while head.len() <= LONGEST_HEAD {
        let length = stream.read(&mut buffer)?;
        // The empty line may have begun in what came before.
        let seen = head.len().saturating_sub(3);
        head.extend_from_slice(&buffer[..length]);
        if head[seen..].windows(4).any(|signs| signs == b"\r\n\r\n") {
            return Ok(Some(head));
        }
        if length == 0 {
            return Ok(None);
        }
    }
    // Too long to be a browser's; it is told so as any other that cannot be read.
    Ok(Some(Vec::new()))
}

/// What a request gets.
fn reply(head: &[u8], at: SocketAddr) -> Reply {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut request = httparse::Request::new(&mut headers);
    if !request.parse(head).is_ok_and(|parsed| parsed.is_complete()) {
        return Reply::Refused("400 Bad Request", "This is no request that a browser sends.\n");
    }
    let mut hosts = request.headers.iter().filter(|header| header.name.eq_ignore_ascii_case("host"));
    let ours = [at.to_string(), format!("localhost:{}", at.port())];
    let is_ours = |value: &[u8]| ours.iter().any(|own| value.eq_ignore_ascii_case(own.as_bytes()));
    if !matches!((hosts.next(), hosts.next()), (Some(host), None) if is_ours(host.value)) {
        return Reply::Refused("421 Misdirected Request", "This server answers under its own address only.\n");
    }
    match (request.method, request.path) {
        (_, path) if path != Some("/") => {
            Reply::Refused("404 Not Found", "There is one page here, and its address ends in /.\n")
        }
        (Some("GET" | "HEAD"), _) => Reply::Page,
        _ => Reply::Refused("405 Method Not Allowed", "The page can be read, and nothing else.\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A browser that sends so many bytes at a time.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = self.1.min(buffer.len());
            self.0.read(&mut buffer[..length])
        }
    }

    #[test]
    fn a_head_is_whole_however_it_comes_and_never_longer_than_is_kept() {
        let request = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n";
        for at_once in [1, 2, 3, 5, 2048] {
            assert_eq!(head(&mut Slow(request, at_once)).unwrap().as_deref(), Some(&request[..]), "{at_once} at once");
            assert_eq!(head(&mut Slow(&request[..20], at_once)).unwrap(), None, "it ends before its end");
            assert_eq!(head(&mut Slow(&[b'x'; 100_000], at_once)).unwrap().as_deref(), Some(&b""[..]), "without end");
        }
    }

    fn status(head: &str) -> String {
        let at = SocketAddr::from((Ipv4Addr::LOCALHOST, 8123));
        match reply(head.as_bytes(), at) {
            Reply::Page => "page".to_string(),
            Reply::Refused(status, _) => status.to_string(),
        }
    }

    #[test]
    fn only_who_asks_for_the_page_by_our_own_address_gets_it() {
        for (request, expected) in [
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1:8123", "page"),
            ("HEAD / HTTP/1.1\r\nhost: LOCALHOST:8123", "page"),
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1", "421 Misdirected Request"),
            ("GET / HTTP/1.1\r\nHost: example.org:8123", "421 Misdirected Request"),
            ("GET / HTTP/1.1\r\nAccept: */*", "421 Misdirected Request"),
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1:8123\r\nHost: example.org", "421 Misdirected Request"),
            ("GET /favicon.ico HTTP/1.1\r\nHost: 127.0.0.1:8123", "404 Not Found"),
            ("GET /../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1:8123", "404 Not Found"),
            ("GET http://127.0.0.1:8123/ HTTP/1.1\r\nHost: 127.0.0.1:8123", "404 Not Found"),
            ("POST / HTTP/1.1\r\nHost: 127.0.0.1:8123", "405 Method Not Allowed"),
            ("hello", "400 Bad Request"),
        ] {
            assert_eq!(status(&format!("{request}\r\n\r\n")), expected, "{request}");
        }
        assert_eq!(status(""), "400 Bad Request");
    }

    #[test]
    fn the_policy_of_a_page_is_the_one_that_it_sets_itself() {
        let page = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">";
        assert_eq!((policy(page), policy("<p>")), (Some("default-src 'none'"), None));
    }
}
