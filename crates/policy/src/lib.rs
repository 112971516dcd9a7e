//! Who may do what to which record: actors, actions, rules and the permits they yield
