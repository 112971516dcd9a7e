use proptest::prelude::*;
use tessera_linkage::normalise::name::WordKind::{self, Initial, Name, Particle};
use tessera_linkage::normalise::name::{fold, joined, words};
use tessera_linkage::normalise::nhs_number::{self, NhsNumberError};
use tessera_linkage::normalise::nickname::{self, Kinship};
use tessera_linkage::normalise::phone::{self, Phone};
use tessera_linkage::normalise::upn::{self, Upn};
use tessera_linkage::normalise::vehicle::{Plate, PlateForm, PlateMatch};
use tessera_linkage::normalise::{date, deletion, postcode, sound};

#[test]
fn names_written_with_marks_and_signs_fold_to_plain_words() {
    assert_eq!(fold("Zoë WIŚNIEWSKI Æsa Straße"), "zoe wisniewski aesa strasse");
    assert_eq!(joined("Liam O’Brien-Ward"), "liam obrien ward");
    assert_eq!(
        joined("O'BRIEN"),
        joined("o brien".trim_start_matches("o ")).replace("brien", "obrien")
    );
    assert_eq!(joined("Mr. Angus Mc Donald"), "angus mcdonald");
    assert_eq!(joined("Niamh O Neill"), "niamh oneill");
    assert_eq!(joined("  \u{200b}--  "), "");
}

#[test]
fn particles_and_initials_are_told_from_names() {
    let kinds: Vec<WordKind> = words("J. van der Mere").iter().map(|w| w.kind).collect();
    assert_eq!(kinds, [Initial, Particle, Particle, Name]);
    assert_eq!(words("De").first().map(|w| w.kind), Some(Name), "a particle alone is the name");
    assert_eq!(words("Miss").first().map(|w| w.text.clone()), Some("miss".into()));
}

#[test]
fn short_forms_lead_to_their_full_names_and_spellings_to_each_other() {
    assert_eq!(nickname::kinship("bob", "robert"), Some(Kinship::ShortForm));
    assert_eq!(nickname::kinship("bob", "robbie"), Some(Kinship::SharedFullName));
    assert_eq!(nickname::kinship("muhammad", "mohamed"), Some(Kinship::Spelling));
    assert_eq!(nickname::kinship("robert", "peter"), None);
    assert!(nickname::full_names("sam").contains(&"samantha"));
    assert!(nickname::full_names("sam").contains(&"samuel"));
}

#[test]
fn names_that_sound_alike_share_a_key() {
    for (left, right) in [
        ("philips", "fillips"),
        ("stephen", "steven"),
        ("knight", "night"),
        ("catherine", "katherine"),
        ("hayley", "haley"),
        ("shaun", "shawn"),
    ] {
        assert_eq!(sound::key(left), sound::key(right), "{left} {right}");
    }
    assert_ne!(sound::key("marlow"), sound::key("harlow"));
    assert_eq!(sound::key("王"), "");
}

#[test]
fn words_one_slip_apart_share_a_deletion_key() {
    let shares = |a: &str, b: &str| deletion::keys(a).iter().any(|k| deletion::keys(b).contains(k));
    assert!(shares("marlow", "marow"));
    assert!(shares("marlow", "mxrlow"));
    assert!(shares("marlow", "malrow"));
    assert!(!shares("marlow", "mxrlxw"));
    assert_eq!(deletion::keys("ann"), ["ann"]);
}

#[test]
fn nhs_numbers_pass_only_with_their_check_digit() {
    for valid in ["9990000018", "999 000 0026", "9434765919", "4010232137"] {
        assert!(nhs_number::parse(valid).is_ok(), "{valid}");
    }
    assert_eq!(nhs_number::parse("9434765918"), Err(NhsNumberError::CheckDigit));
    assert_eq!(nhs_number::parse("9999999999"), Err(NhsNumberError::Identical));
    assert_eq!(nhs_number::parse("943476591"), Err(NhsNumberError::Length));
    assert_eq!(nhs_number::parse("943476591A"), Err(NhsNumberError::NotDigits));
    assert_eq!(nhs_number::parse("999 000 0018").as_deref(), Ok("9990000018"));
}

#[test]
fn upns_pass_only_with_their_check_letter() {
    for valid in ["D866299926001", "A950000178301", "H243278544154"] {
        assert_eq!(upn::parse(valid).map(|(_, kind)| kind), Ok(Upn::Permanent), "{valid}");
    }
    assert_eq!(upn::parse("p866 2999 2600a").map(|(_, kind)| kind), Ok(Upn::Temporary));
    for invalid in ["R247962919251", "A12345678901", "I866299926001", ""] {
        assert!(upn::parse(invalid).is_err(), "{invalid}");
    }
}

#[test]
fn telephone_numbers_become_e164_and_parts_stay_parts() {
    for (written, stored) in [
        ("07700 900123", "+447700900123"),
        ("+44 (0)7700 900123", "+447700900123"),
        ("0044 7700 900123", "+447700900123"),
        ("447700900123", "+447700900123"),
        ("020 7946 0000", "+442079460000"),
        ("01632 960001", "+441632960001"),
        ("+353 1 234 5678", "+35312345678"),
        ("00353 1 234 5678", "+35312345678"),
    ] {
        assert_eq!(phone::parse(written), Some(Phone::Whole(stored.into())), "{written}");
    }
    for part in ["0800 1111", "999", "900123", "07700 9001"] {
        assert!(matches!(phone::parse(part), Some(Phone::Partial(_))), "{part}");
    }
    assert_eq!(phone::parse("unknown"), None);
    assert!(phone::is_imei("490154203237518") && phone::is_imei("356938035643809"));
    assert!(!phone::is_imei("356938035643808"));
}

#[test]
fn postcodes_get_their_one_space_or_stay_unread() {
    for valid in ["SN1 2JH", "SN12JH", "sw1a1aa", "EC1A 1BB", "W1A 0AX", "M1 1AE", "B33 8TH"] {
        assert!(postcode::parse(valid).is_some(), "{valid}");
    }
    assert_eq!(postcode::parse("dn551pt").as_deref(), Some("DN55 1PT"));
    assert_eq!(postcode::parse("GIR0AA").as_deref(), Some("GIR 0AA"));
    for invalid in ["Q1 1AA", "SN1 2CI", "SN12", "", "é"] {
        assert_eq!(postcode::parse(invalid), None, "{invalid}");
    }
    assert!(postcode::is_no_fixed_abode("ZZ99 3VZ"));
    assert_eq!(postcode::outward("SN1 2JH"), "SN1");
}

#[test]
fn dates_keep_the_precision_they_were_said_with() {
    for (said, shown) in [
        ("2011-04-03", "2011-04-03"),
        ("03/04/2011", "2011-04-03"),
        ("3rd April 2011", "2011-04-03"),
        ("2011-04", "2011-04"),
        ("Apr 2011", "2011-04"),
        ("2011", "2011"),
        ("about 2011", "about 2011"),
        ("c. 2011", "about 2011"),
    ] {
        assert_eq!(date::parse(said).map(|d| d.to_string()).as_deref(), Some(shown), "{said}");
    }
    for never in ["31/02/2011", "29/02/2011", "3/4/11", "next week", "", "2011-13", "0000"] {
        assert_eq!(date::parse(never), None, "{never}");
    }
    assert!(date::parse("29/02/2012").is_some());
}

#[test]
fn the_form_of_a_plate_is_recognised() {
    let form = |text: &str| Plate::parse(text).and_then(|plate| plate.form());
    for (plate, expected) in [
        ("AB51 ABC", PlateForm::Current),
        ("LB24XYZ", PlateForm::Current),
        ("A123BCD", PlateForm::Prefix),
        ("ABC123D", PlateForm::Suffix),
        ("1ABC", PlateForm::Dateless),
        ("ABC1", PlateForm::Dateless),
        ("1234AB", PlateForm::Dateless),
        ("AIA1234", PlateForm::NorthernIreland),
        ("XUI1234", PlateForm::NorthernIreland),
        ("Q123ABC", PlateForm::Q),
        ("101D234", PlateForm::Diplomatic),
    ] {
        assert_eq!(form(plate), Some(expected), "{plate}");
    }
    for none in ["AB01ABC", "AB00ABC", "ABCD5", "12-XYZ-9"] {
        assert_eq!(form(none), None, "{none}");
    }
}

#[test]
fn a_partial_plate_still_saves_and_still_fits() {
    let plate = |text: &str| Plate::parse(text).unwrap();
    let whole = plate("lb24 xyz");
    assert_eq!(whole.as_str(), "LB24XYZ");
    assert_eq!(whole.compare(&plate("LB24XYZ")), PlateMatch::Same);
    assert_eq!(whole.compare(&plate("LB2? X*")), PlateMatch::Fits(4));
    assert_eq!(whole.compare(&plate("*XYZ")), PlateMatch::Fits(3));
    assert_eq!(whole.compare(&plate("L824XYZ")), PlateMatch::LooksAlike(7));
    assert_eq!(whole.compare(&plate("LB25XYZ")), PlateMatch::Different);
    assert_eq!(Plate::parse("***"), None);
}

proptest! {
    #[test]
    fn any_text_is_read_without_failing(text in "\\PC{0,40}") {
        let once = joined(&text);
        prop_assert_eq!(joined(&once).replace(' ', ""), once.replace(' ', ""));
        let _ = (phone::parse(&text), postcode::parse(&text), date::parse(&text));
        let _ = (nhs_number::parse(&text), upn::parse(&text), sound::key(&text));
        let _ = (deletion::keys(&text), phone::is_imei(&text));
        if let Some(plate) = Plate::parse(&text) {
            let _ = plate.form();
        }
    }

    #[test]
    fn plates_compare_the_same_either_way(a in "[A-C0-2?*]{1,7}", b in "[A-C0-2?*]{1,7}") {
        if let (Some(a), Some(b)) = (Plate::parse(&a), Plate::parse(&b)) {
            prop_assert_eq!(a.compare(&b), b.compare(&a));
        }
    }

    #[test]
    fn changing_one_digit_of_an_nhs_number_is_always_caught(place in 0usize..9, add in 1u8..10) {
        let mut digits = *b"9990000018";
        digits[place] = b'0' + (digits[place] - b'0' + add) % 10;
        let changed = String::from_utf8(digits.to_vec()).unwrap();
        prop_assert_eq!(nhs_number::parse(&changed), Err(NhsNumberError::CheckDigit));
    }
}
