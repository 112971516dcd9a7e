use serde_json::{Value, json};
use tessera_ledger::{Error, canonical};

use crate::sample::Dice;

fn text(value: &Value) -> String {
    String::from_utf8(canonical::to_bytes(value).unwrap()).unwrap()
}

#[test]
fn keys_are_sorted_and_nothing_is_spaced() {
    let value = json!({"b": [1, -2, null], "a": {"z": true, "y": false}, "\u{e9}": "Si\u{e2}n"});
    assert_eq!(
        text(&value),
        "{\"a\":{\"y\":false,\"z\":true},\"b\":[1,-2,null],\"\u{e9}\":\"Si\u{e2}n\"}"
    );
}

#[test]
fn what_could_deceive_a_reader_is_escaped() {
    let value = json!("a\nb\u{1b}[31m\u{202e}gpj\u{200b}<b>&\u{feff}\"\\\u{2028}\u{85}\u{e0041}");
    assert_eq!(
        text(&value),
        "\"a\\u000ab\\u001b[31m\\u202egpj\\u200b\\u003cb\\u003e\\u0026\\ufeff\\\"\\\\\
         \\u2028\\u0085\\udb40\\udc41\""
    );
}

#[test]
fn numbers_without_one_spelling_are_refused() {
    assert_eq!(canonical::to_bytes(&json!(0.5)), Err(Error::NotWhole));
    assert_eq!(text(&json!([u64::MAX, i64::MIN])), "[18446744073709551615,-9223372036854775808]");
}

#[test]
fn too_deep_or_too_long_is_refused() {
    let deep = (0..17).fold(json!(1), |inner, _| json!([inner]));
    assert_eq!(canonical::to_bytes(&deep), Err(Error::TooDeep));
    let long = json!("x".repeat(65_534));
    assert_eq!(canonical::to_bytes(&long), Err(Error::EntryTooLarge { bytes: 65_536 }));
    assert!(canonical::to_bytes(&json!("x".repeat(65_533))).is_ok());
}

#[test]
fn a_second_spelling_of_the_same_value_is_refused() {
    for other in [
        "{\"a\": 1}",
        "{\"b\":1,\"a\":2}",
        "{\"a\":1,\"a\":1}",
        "\"\\n\"",
        "\"\\u000A\"",
        "\"\\u0041\"",
        "\"<\"",
        "1.0",
        "-0",
        "1\n",
        "",
        "\u{feff}1",
    ] {
        assert_eq!(canonical::from_bytes(other.as_bytes()), Err(Error::NotCanonical), "{other:?}");
    }
}

/// Every field of every one of 5,000 hostile entries is read back as it was, on one line without
/// control characters, markup or changes of direction.
#[test]
fn hostile_input_stays_inside_its_field() {
    let pieces = [
        "\n",
        "\r\n",
        "\u{1b}[2J",
        "\u{202e}",
        "\u{2066}",
        "\u{2069}",
        "\u{200f}",
        "\0",
        "\u{7f}",
        "\u{9b}",
        "<script>",
        "&lt;",
        "\"",
        "\\",
        "\\u0022",
        "\",\"action\":\"x",
        "}",
        "]",
        "\u{2029}",
        "\u{feff}",
        "\u{fe0f}",
        "\u{e0020}",
        "\u{10ffff}",
        "Marlbrook",
        "\u{175}",
        "07700 900123",
    ];
    let mut dice = Dice(0x5eed);
    for round in 0..5000 {
        let mut piece = || -> String {
            (0..=dice.below(6)).map(|_| pieces[dice.below(pieces.len())]).collect()
        };
        let value = json!({
            "action": "concern.view", "reason": piece(), "subject": piece(), piece(): [piece()],
        });
        let bytes = canonical::to_bytes(&value).unwrap();
        assert_eq!(canonical::from_bytes(&bytes).unwrap(), value, "round {round}");
        let line = String::from_utf8(bytes).unwrap();
        let harmful = |c: char| {
            c.is_control()
                || "<>&".contains(c)
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
                || matches!(c, '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..)
        };
        assert!(!line.contains(harmful), "round {round}: {line:?}");
    }
}
