//! Every statement is understood by the engines it is meant for.

use tessera_store::check_statements;
use tessera_testkit::on_both;

on_both!(every_registered_statement_can_be_prepared, async |w| {
    assert_eq!(check_statements(&w.app.db).await.unwrap(), Vec::<String>::new());
});
