//! Names of venues: what kind of place they are, however it was put.

/// Ways of naming one kind of place; the first is the one kept.
const KINDS: [&[&str]; 24] = [
    &["station", "railwaystation", "trainstation", "railstation", "railstn", "trainstn", "stn"],
    &["busstation", "busstn", "coachstation", "busstop"],
    &["centre", "shoppingcentre", "shoppingctr", "shoppingcenter", "ctr", "mall", "precinct"],
    &["kebab", "kebabs", "kebabhouse", "kebabshop"],
    &["chicken", "chkn", "friedchicken", "chickenshop"],
    &["pizza", "pizzas", "pizzeria", "pizzashop"],
    &["cafe", "caff", "caffe", "coffee", "coffeeshop"],
    &["hotel", "htl", "inn"],
    &["guesthouse", "guesthse"],
    &["bandb", "bb", "bedandbreakfast", "bnb"],
    &["barbers", "barbershop", "barber"],
    &["minimarket", "minimart", "market", "mart", "supermarket"],
    &["offlicence", "offie", "offlicense", "offy"],
    &["snooker", "snookerclub", "snookerhall", "poolhall"],
    &["shisha", "shishalounge", "shishabar"],
    &["taxis", "cars", "minicabs", "cabs", "taxi"],
    &["carwash", "handcarwash", "valeting"],
    &["grill", "grille", "grillhouse"],
    &["park", "rec", "recreationground", "playingfield"],
    &["gym", "fitness", "healthclub"],
    &["tyres", "tyre", "tyreshop"],
    &["nailbar", "nails", "nailsalon"],
    &["amusements", "arcade", "amusementarcade"],
    &["vapeshop", "vape", "vapes"],
];

/// The kept name of a kind of place, or the words themselves.
pub(crate) fn kind(words: &str) -> &str {
    let same = |names: &&&[&str]| names.contains(&words);
    KINDS.iter().find(same).and_then(|names| names.first()).copied().unwrap_or(words)
}
