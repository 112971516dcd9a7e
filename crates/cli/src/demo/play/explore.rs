//! What people do with the whole picture in the stories.

use tessera_policy::Actor;

use super::{Play, told};
use crate::{demo::story::Act, failure::Failure};

impl Play<'_> {
    pub(super) async fn explore(&mut self, who: &str, act: &Act) -> Result<(), Failure> {
        let (app, actor) = (self.app, &self.cast.actor(who)?.clone());
        match act {
            Act::Watch(on) => {
                let mut raw = on.raw.clone();
                raw.mention = self.thing(actor, &on.thing).await?;
                app.keep_watch(actor, &raw).await?;
            }
            Act::PutTo(on) => {
                let mut raw = on.raw.clone();
                raw.mention = self.thing(actor, &on.thing).await?;
                raw.person = self.user(&raw.person)?;
                app.put_candidate(actor, &raw).await?;
            }
            Act::Snapshot(asked) => {
                let mut raw = asked.clone();
                for person in &mut raw.attendee {
                    *person = self.user(person)?;
                }
                app.make_snapshot(actor, &raw).await?;
            }
            _ => return Err(told("a step that nobody plays")),
        }
        Ok(())
    }

    /// A mention of the thing whose name has these words.
    async fn thing(&self, actor: &Actor, words: &str) -> Result<i64, Failure> {
        let picture = self.app.whole_picture(actor, "story", None).await?;
        let found = picture.things.iter().find(|thing| thing.name.contains(words));
        Ok(found.ok_or_else(|| told(format!("nothing is called {words}")))?.number)
    }
}
