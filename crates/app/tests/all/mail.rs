//! Letters, sent to a real SMTP server that the test runs.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use tessera_app::{AppError, guidance::RawFollow, mail::Post};
use tessera_testkit::{World, on_both};

use crate::{
    fields,
    guidance::{decision, editors, release, sent},
    is_absent, public,
};

/// An SMTP server that keeps every letter; it can be told to refuse a number of them for now.
struct Sink {
    url: String,
    letters: Arc<Mutex<Vec<String>>>,
    refuse: Arc<AtomicUsize>,
}

impl Sink {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let letters = Arc::new(Mutex::new(Vec::new()));
        let refuse = Arc::new(AtomicUsize::new(0));
        let (kept, left) = (letters.clone(), refuse.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (kept, left) = (kept.clone(), left.clone());
                std::thread::spawn(move || converse(stream, &kept, &left));
            }
        });
        Self { url, letters, refuse }
    }

    fn letters(&self) -> Vec<String> {
        self.letters.lock().unwrap().clone()
    }
}

/// Speaks RFC 5321 with one client.
fn converse(stream: TcpStream, letters: &Mutex<Vec<String>>, refuse: &AtomicUsize) {
    let mut out = stream.try_clone().unwrap();
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let mut say = |text: &str| out.write_all(format!("{text}\r\n").as_bytes()).is_ok();
    say("220 sink");
    while let Some(line) = lines.next() {
        let command = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        match command.as_str() {
            "MAIL" if refuse.load(Ordering::SeqCst) > 0 => {
                refuse.fetch_sub(1, Ordering::SeqCst);
                say("451 come back later");
            }
            "EHLO" | "HELO" | "MAIL" | "RCPT" | "RSET" | "NOOP" => drop(say("250 ok")),
            "DATA" => {
                say("354 go on");
                let letter: Vec<String> = lines.by_ref().take_while(|line| line != ".").collect();
                letters.lock().unwrap().push(letter.join("\n"));
                say("250 kept");
            }
            "QUIT" => {
                say("221 bye");
                return;
            }
            _ => drop(say("502 what")),
        }
    }
}

fn follow(email: &str) -> RawFollow {
    RawFollow { topic: "referral".into(), email: email.into() }
}

/// The first address in a letter that contains a part.
fn link(letter: &str, part: &str) -> String {
    // Quoted-printable breaks long lines with an equals sign.
    let whole = letter.replace("=\n", "").replace("=3D", "=");
    let at = whole.find(part).unwrap_or_else(|| panic!("no {part} in {whole}"));
    whole[at + part.len()..].chars().take_while(char::is_ascii_hexdigit).collect()
}

async fn ready(w: &World) -> Sink {
    release(w).await;
    let sink = Sink::start();
    let post =
        Post::new(&sink.url, "guidance@example.org", "https://marlbrook.example.org/").unwrap();
    w.app.set_post(post);
    sink
}

on_both!(only_who_confirmed_is_told_of_a_change_and_one_press_ends_it, async |w| {
    let sink = ready(&w).await;
    w.app.follow_topic(&public(), &follow("jo@example.org")).await.unwrap();
    w.app.follow_topic(&public(), &follow("not.me@example.org")).await.unwrap();
    w.app.run_due_jobs().await.unwrap();
    let letters = sink.letters();
    assert_eq!(letters.len(), 2);
    let mine = letters.iter().find(|letter| letter.contains("To: jo@example.org")).unwrap();
    let token = link(mine, "https://marlbrook.example.org/guidance/confirm/");
    assert_eq!(w.app.topic_to_confirm(&token).await.unwrap().as_deref(), Some("referral"));
    w.app.confirm_topic(&public(), &token).await.unwrap();

    let (first, second) = editors(&w).await;
    let id = sent(&w, &first, "New words.").await;
    w.app.publish_guidance(&second, id, &decision("2026-11-25")).await.unwrap();
    w.app.run_due_jobs().await.unwrap();
    assert_eq!(sink.letters().len(), 2, "not before its day");
    w.hours_later(24);
    w.app.run_due_jobs().await.unwrap();
    let letters = sink.letters();
    assert_eq!(letters.len(), 3, "one letter, to the one who confirmed");
    let told = &letters[2];
    assert!(told.contains("To: jo@example.org"), "{told}");
    assert!(
        told.contains("Guidance changed: Signs") && told.contains("/guidance/start/signs"),
        "{told}"
    );
    assert!(told.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{told}");
    let stop = link(told, "https://marlbrook.example.org/guidance/unsubscribe/");
    w.app.end_topic(&public(), &stop).await.unwrap();

    let id = sent(&w, &first, "Newer words.").await;
    w.app.publish_guidance(&second, id, &decision("2026-11-25")).await.unwrap();
    w.app.run_due_jobs().await.unwrap();
    assert_eq!(sink.letters().len(), 3, "nobody follows any more");
});

on_both!(a_server_that_says_later_is_asked_again_and_the_letter_comes_once, async |w| {
    let sink = ready(&w).await;
    sink.refuse.store(2, Ordering::SeqCst);
    w.app.follow_topic(&public(), &follow("jo@example.org")).await.unwrap();
    for _ in 0..6 {
        w.app.run_due_jobs().await.unwrap();
        w.minutes_later(1);
    }
    assert_eq!(sink.letters().len(), 1);
    assert_eq!(w.raw_number("SELECT COUNT(*) FROM mail WHERE sealed IS NOT NULL").await, 0);
    assert_eq!(w.raw_number("SELECT COUNT(*) FROM mail WHERE sent_at IS NULL").await, 0);
});

on_both!(asking_often_writes_no_more_letters_and_a_wrong_address_is_told, async |w| {
    let sink = ready(&w).await;
    for _ in 0..4 {
        w.app.follow_topic(&public(), &follow("jo@example.org")).await.unwrap();
    }
    w.app.run_due_jobs().await.unwrap();
    assert_eq!(sink.letters().len(), 1);
    let wrong = fields(w.app.follow_topic(&public(), &follow("jo at example")).await);
    assert!(wrong.of("email").is_some());
    let topic = RawFollow { topic: "nothing".into(), email: "jo@example.org".into() };
    assert!(fields(w.app.follow_topic(&public(), &topic).await).of("topic").is_some());
});

on_both!(a_link_that_was_made_up_leads_nowhere_and_one_not_used_is_forgotten, async |w| {
    let sink = ready(&w).await;
    w.app.follow_topic(&public(), &follow("jo@example.org")).await.unwrap();
    w.app.run_due_jobs().await.unwrap();
    let token = link(&sink.letters()[0], "/guidance/confirm/");
    let mut other = token.clone();
    let last = if other.pop() == Some('0') { '1' } else { '0' };
    other.push(last);
    for wrong in ["", "é", other.as_str(), &"ab".repeat(32)] {
        assert!(is_absent(w.app.confirm_topic(&public(), wrong).await), "{wrong}");
    }
    // The link that confirms does not end, nor the other way round.
    assert!(is_absent(w.app.end_topic(&public(), &token).await));
    w.hours_later(24 * 8);
    assert!(is_absent(w.app.confirm_topic(&public(), &token).await));
    w.app.sweep_subscriptions().await.unwrap();
    assert_eq!(w.raw_number("SELECT COUNT(*) FROM subscription").await, 0);
});

on_both!(without_a_mail_server_nobody_can_ask, async |w| {
    release(&w).await;
    assert!(!w.app.sends_mail());
    let asked = w.app.follow_topic(&public(), &follow("jo@example.org")).await;
    assert!(matches!(asked, Err(AppError::Refused(_))));
});
