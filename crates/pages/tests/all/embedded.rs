//! The embedded style sheet, script and icon.

use tessera_pages::assets::{asset, asset_url, asset_urls};

fn name(plain: &str) -> &'static str {
    asset_url(plain).strip_prefix("/assets/").expect("an asset's address")
}

#[test]
fn every_asset_is_found_by_its_hashed_name_only() {
    assert_eq!(asset_urls().count(), 6);
    for url in asset_urls() {
        let file = asset(url.strip_prefix("/assets/").expect("an asset's address"));
        let file = file.expect("the address leads to the asset");
        assert!(file.gzip_bytes.starts_with(&[0x1f, 0x8b]) && file.etag.starts_with('"'));
        assert!(!file.bytes.is_empty() && file.content_type.contains("charset=utf-8"));
    }
    assert!(asset("tessera.css").is_none());
    assert!(asset("../manifest.tsv").is_none());
    assert_eq!(asset_url("nothing.css"), "/assets/missing");
}

#[test]
fn style_script_and_icon_fit_the_budget_of_a_public_page() {
    let bytes: usize = ["tessera.css", "tessera.js", "icon.svg"]
        .map(|plain| asset(name(plain)).expect("it is embedded").gzip_bytes.len())
        .iter()
        .sum();
    // 25 KB for a public page with everything it needs leaves 10 KB for the page itself.
    assert!(bytes <= 15_000, "{bytes} bytes compressed");
}

#[test]
fn the_style_sheet_fetches_nothing_and_bears_no_foreign_mark() {
    let file = asset(name("tessera.css")).expect("it is embedded");
    let css = std::str::from_utf8(file.bytes).expect("text").to_lowercase();
    for word in ["@font-face", "@import", "url(", "http:", "https:", "gds transport", "crest"] {
        // `a[href^="http://"]` is a selector of the print style, not an address.
        let found = css.replace("[href^=\"http://\"]", "").replace("[href^=\"https://\"]", "");
        assert!(!found.contains(word), "the style sheet has {word}");
    }
    assert!(
        css.contains("prefers-color-scheme:dark") || css.contains("prefers-color-scheme: dark")
    );
}
