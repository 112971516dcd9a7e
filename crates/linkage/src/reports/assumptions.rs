//! What is assumed about how people, vehicles, numbers and places are noted before any data speaks.
//!
//! None of these figures comes from a file whose answers are known. Each is a round share set by
//! reasoning about how a note is made: somebody hears a name once, sees a plate in passing, copies
//! a number from a screen. What a file of reports itself says about each way of agreeing replaces
//! them where it says enough (`learn`), so they matter most in small files.

/// Of two mentions of one person that share one word of a name, how often another word is written:
/// alike; in a listed spelling; in a short form; with one slip; by sound; cut short; as an initial;
/// as another name altogether. Halves and halves of halves: half alike, an eighth in a short form
/// or as a different name (aliases), a sixteenth for each kind of slip, a thirty-second for the rest.
pub(crate) const WORD_ALIKE: f32 = 0.5;
pub(crate) const WORD_SPELT: f32 = 0.0625;
pub(crate) const WORD_SHORT: f32 = 0.125;
pub(crate) const WORD_SLIP: f32 = 0.0625;
pub(crate) const WORD_SOUND: f32 = 0.03125;
pub(crate) const WORD_CUT: f32 = 0.03125;
pub(crate) const WORD_INITIAL: f32 = 0.0625;
pub(crate) const WORD_OTHER: f32 = 0.125;
/// One letter of the alphabet in about ten begins a given name (the letters are not used evenly).
pub(crate) const INITIAL_BY_CHANCE: f32 = 0.1;

/// An age that is guessed by looking is two years off either way (one standard deviation), so two
/// guesses of one person differ by up to 1, 4, 7 years and more with these shares (normal law,
/// standard deviation 2.8).
pub(crate) const AGE_APART: [(u16, f32); 4] = [(1, 0.41), (4, 0.48), (7, 0.1), (u16::MAX, 0.01)];

/// Who reads a plate wrongly gets one character wrong, or two. With more, make and colour must not
/// make one vehicle of two.
pub(crate) const MOST_CHARACTERS_WRONG: u8 = 2;
/// Of how many places at least: where fewer were read, another character is another plate.
pub(crate) const ENOUGH_TO_MISREAD: u8 = 5;

/// Where only "a child" or "an adult" was noted, one note of a hundred is wrong.
pub(crate) const GROWN_WRONG: f32 = 0.01;
/// Half of the people whom nobody gave an age are children and half adults: nothing else is known.
pub(crate) const GROWN_BY_CHANCE: f32 = 0.5;

/// A description names one thing of several that could be named, so two descriptions of one
/// person are alike only half the time.
pub(crate) const LOOKS_ALIKE: f32 = 0.5;

/// A character of a plate is read rightly nineteen times in twenty by each of two people; when it
/// is not, it is mostly taken for one that looks alike.
pub(crate) const CHARACTER_RIGHT: f32 = 0.9;
pub(crate) const CHARACTER_ALIKE: f32 = 0.08;
pub(crate) const CHARACTER_WRONG: f32 = 0.02;

/// Make and model by two people: the same, one of them only in part, or a mistake.
pub(crate) const MAKE_SAME: f32 = 0.7;
pub(crate) const MAKE_PART: f32 = 0.2;
pub(crate) const MAKE_WRONG: f32 = 0.1;
/// Colour by two people: the same, one that is taken for it (above all at night), or a mistake.
pub(crate) const COLOUR_SAME: f32 = 0.8;
pub(crate) const COLOUR_NEAR: f32 = 0.12;
pub(crate) const COLOUR_WRONG: f32 = 0.08;

/// A whole number is copied with one digit wrong or two swapped one time in sixteen.
pub(crate) const DIGIT_SLIP: f32 = 0.0625;
/// Bits of one decimal digit.
pub(crate) const DIGIT: f32 = std::f32::consts::LOG2_10;
/// The digits of a mobile number after those that all of them begin with.
pub(crate) const FREE_DIGITS: f32 = 8.0;

/// A handle, address or reference is worth, at the first sharing, as much as six digits: people
/// choose handles alike, and references are often short.
pub(crate) const MARK_DIGITS: f32 = 6.0;

/// The name of a venue is put the same way half of the time once its kind is given one name; one
/// slip is made in an eighth of the mentions.
pub(crate) const VENUE_SAME: f32 = 0.5;
pub(crate) const VENUE_SLIP: f32 = 0.125;
/// A street beside a venue's name is rarely wrong.
pub(crate) const STREET_RIGHT: f32 = 0.9;
pub(crate) const STREET_WRONG: f32 = 0.1;

/// Half of the linked pairs are of one area, until the file itself says how many.
pub(crate) const ONE_AREA: f32 = 0.5;
/// How many pairs an assumption counts for against pairs that were seen.
pub(crate) const WEIGHT_OF_ASSUMPTION: f32 = 10.0;
