//! Acts on a record: a form is read, one use case is called, and the page of the record comes back,
//! after the act at its part of the page, otherwise with what was typed and what is wrong with it.

/// Handlers, one a row: its name, the form, the use case, the part of the page it leads back to, and
/// the place of the form in `$typed`. `$after` answers with what came of it.
macro_rules! acts {
    ($after:path, $typed:ident;
    $($(#[$doc:meta])* $name:ident, $raw:ty, $verb:ident, $part:literal, $field:ident;)+) => {$(
        $(#[$doc])*
        pub(crate) async fn $name(
            State(site): State<Arc<Site>>,
            Extension(visitor): Extension<Visitor>,
            Path(record): Path<String>,
            Form(raw): Form<$raw>,
        ) -> Answer {
            let reference = reference(&record)?;
            let done = site.app.$verb(&visitor.actor, &reference, &raw).await;
            let typed = $typed { $field: raw, ..$typed::default() };
            $after(&site, &visitor, &reference, done, $part, typed).await
        }
    )+};
}
pub(crate) use acts;
