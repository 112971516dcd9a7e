//! What components do beyond the published fixtures.

use tessera_pages::components::*;

#[test]
fn words_of_a_person_are_escaped_everywhere_they_can_be_put() {
    let nasty = "<script>alert(\"x\")</script>";
    let shown = [
        TextInput::new("a", nasty)
            .hint(nasty)
            .value(nasty)
            .error_if(Some(nasty.into()))
            .to_string(),
        Textarea::new("a", nasty).value(nasty).to_string(),
        Radios::new("a", nasty, [Choice::new(nasty, nasty).hint(nasty)]).to_string(),
        Checkboxes::new("a", nasty, [Choice::new(nasty, nasty).hint(nasty)]).to_string(),
        Select::new("a", nasty, [SelectItem::new(nasty, nasty)]).to_string(),
        DateInput::new("a", nasty).values(nasty, nasty, nasty).to_string(),
        Button::new(nasty).named("a", nasty).to_string(),
        Link::new(nasty, nasty).to_string(),
        ErrorSummary::new([("a", nasty.to_owned())]).to_string(),
        SummaryList::new([SummaryRow::new(nasty, nasty)]).in_card(nasty, vec![]).to_string(),
        Table::new(nasty, [HeadCell::from(nasty), HeadCell::from(nasty)])
            .row([Cell::from(nasty), Cell::from(nasty)])
            .to_string(),
        Tag::new(nasty).to_string(),
        Panel::new(nasty, nasty).to_string(),
        Details::new(nasty, Content::lines(nasty)).to_string(),
        IdentityBar::new(nasty, nasty).fact(nasty, nasty).notice(nasty).to_string(),
        Timeline::new(vec![TimelineItem {
            title: nasty.into(),
            body: nasty.into(),
            by: nasty.into(),
            when: nasty.into(),
            source: nasty.into(),
            ..TimelineItem::default()
        }])
        .to_string(),
        Filter::new("/queue", nasty, nasty).to_string(),
        EmergencyCard::new(nasty, nasty, vec![EmergencyNumber::new(nasty, nasty, nasty)])
            .to_string(),
        SubNavigation::new(nasty, "/a", [(nasty, "/a")]).to_string(),
        LinkCards::new([LinkCard::new(nasty, nasty, nasty)]).to_string(),
    ];
    for html in shown {
        assert!(!html.contains("<script"), "{html}");
        assert!(!html.contains("\"x\""), "{html}");
        assert!(html.contains("&#60;script"), "{html}");
    }
}

#[test]
fn lines_keep_their_breaks_and_join_keeps_its_parts() {
    assert_eq!(Content::lines("one\n\ntwo & three\n").to_string(), "one<br><br>two &#38; three");
    let both = Markup::join([Tag::new("New"), Tag::new("Urgent")]);
    assert_eq!(both.as_str().matches("govuk-tag").count(), 2);
    assert!(both.as_str().contains("</strong>"));
}

#[test]
fn a_date_can_be_partial_and_approximate() {
    let html = DateInput::new("born", "Date of birth")
        .values("", "", "2011")
        .approximate(true)
        .to_string();
    assert!(html.contains(r#"name="born-year" type="text" value="2011""#), "{html}");
    assert!(html.contains(r#"name="born-day" type="text" inputmode"#), "{html}");
    assert!(html.contains(r#"name="born-approximate" type="checkbox" value="yes" checked"#));
    assert!(!DateInput::new("born", "Date of birth").to_string().contains("approximate"));
}

#[test]
fn only_the_wrong_part_of_a_date_is_marked() {
    let mut date = DateInput::new("born", "Date of birth").error_if(Some("No such month".into()));
    assert_eq!(date.to_string().matches("govuk-input--error").count(), 3);
    date.wrong = [false, true, false];
    assert_eq!(date.to_string().matches("govuk-input--error").count(), 1);
}

#[test]
fn a_due_date_says_in_words_how_late_it_is() {
    let words = |days| ContextualDate::due_in("2026-03-14", "14 March 2026", days, 2).words;
    assert_eq!(words(-3), "overdue 3 days");
    assert_eq!(words(-1), "overdue 1 day");
    assert_eq!(words(0), "due today");
    assert_eq!(words(1), "due in 1 day");
    assert_eq!(words(9), "due in 9 days");
    let html = ContextualDate::due_in("2026-03-14", "14 March 2026", -3, 2).to_string();
    assert!(html.contains("tessera-due--overdue") && html.contains("overdue 3 days"), "{html}");
}

#[test]
fn pages_of_a_long_list_show_the_first_the_last_and_the_neighbours() {
    let shown = |current, last| {
        let pages = Pagination::of(current, last, |n| format!("?page={n}")).pages;
        pages
            .iter()
            .map(|page| match page {
                PageItem::Gap => "-".to_owned(),
                PageItem::Page { number, current: true, .. } => format!("[{number}]"),
                PageItem::Page { number, .. } => number.clone(),
            })
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(shown(1, 1), "[1]");
    assert_eq!(shown(1, 9), "[1] 2 - 9");
    assert_eq!(shown(5, 9), "1 - 4 [5] 6 - 9");
    assert_eq!(shown(9, 9), "1 - 8 [9]");
    assert!(Pagination::of(1, 3, |n| n.to_string()).previous.is_none());
    assert!(Pagination::of(3, 3, |n| n.to_string()).next.is_none());
}

#[test]
fn a_sorted_column_says_so_to_a_screen_reader() {
    let table = Table::new(
        "Queue",
        [
            HeadCell::sorted("Due", "?sort=-due", Direction::Ascending),
            HeadCell::sorted("Sent", "?sort=sent", Direction::None),
        ],
    )
    .row(["Today".into(), "Monday".into()]);
    let html = table.to_string();
    assert!(html.contains(
        r#"aria-sort="ascending"><a class="govuk-link tessera-sort" href="?sort=-due">"#
    ));
    assert!(html.contains(r#"aria-sort="none""#));
    assert!(html.contains(r#"data-label="Sent""#), "{html}");
}

#[test]
fn the_shown_view_of_a_record_is_marked() {
    let html = SubNavigation::new(
        "Child's file",
        "/children/1/timeline",
        [("Overview", "/children/1"), ("Timeline", "/children/1/timeline")],
    )
    .to_string();
    assert_eq!(html.matches("aria-current=\"page\"").count(), 1);
    assert!(html.contains(r#"href="/children/1/timeline" aria-current="page""#));
}

#[test]
fn an_emergency_number_dials_digits_only() {
    assert_eq!(EmergencyNumber::new("Call", "01632 960 100", "").dial(), "01632960100");
    assert_eq!(EmergencyNumber::new("Call", "+44 1632 960100", "").dial(), "+441632960100");
}

#[test]
fn a_timeline_keeps_an_unknown_date_unknown() {
    let item = |datetime: &str| TimelineItem {
        title: "Seen at the station".into(),
        datetime: datetime.into(),
        when: "about March 2026".into(),
        ..TimelineItem::default()
    };
    assert!(!Timeline::new(vec![item("")]).to_string().contains("<time"));
    assert!(Timeline::new(vec![item("2026-03-14")]).to_string().contains("<time datetime=\"2026"));
}

#[test]
fn a_chosen_filter_can_be_removed_by_a_link() {
    let mut filter =
        Filter::new("/queue", "Filter the queue", Select::new("urgency", "Urgency", []));
    assert!(!filter.to_string().contains("Chosen filters"));
    filter.chosen =
        vec![ChosenFilter { text: "Urgency: today".into(), remove_href: "/queue".into() }];
    let html = filter.to_string();
    assert!(
        html.contains(r#"<form class="tessera-filter" method="get" action="/queue""#),
        "{html}"
    );
    assert!(html.contains("(remove this filter)"), "{html}");
}
