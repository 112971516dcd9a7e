-- Letters are written in the language in which somebody asked for them.
ALTER TABLE subscription ADD COLUMN language TEXT NOT NULL DEFAULT 'en-GB';
