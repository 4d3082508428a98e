"""Database triggers that keep the audit trail append-only, whoever writes. Used by migration 0002 and by tests that must empty tables."""

_CHANGES = (
    "NEW.verb <> OLD.verb OR NEW.at <> OLD.at OR NEW.subject <> OLD.subject OR NEW.trail <> OLD.trail OR NEW.role <> OLD.role"
    " OR NEW.personal_digest <> OLD.personal_digest OR NEW.id <> OLD.id"
    " OR COALESCE(NEW.account_id, -1) <> COALESCE(OLD.account_id, -1) OR COALESCE(NEW.resident_id, -1) <> COALESCE(OLD.resident_id, -1)"
    " OR COALESCE(NEW.on_behalf_of_id, -1) <> COALESCE(OLD.on_behalf_of_id, -1) OR COALESCE(NEW.desk_id, -1) <> COALESCE(OLD.desk_id, -1)"
    " OR COALESCE(NEW.place_id, -1) <> COALESCE(OLD.place_id, -1) OR NEW.is_public <> OLD.is_public"
    " OR (OLD.seal_id IS NOT NULL AND COALESCE(NEW.seal_id, -1) <> OLD.seal_id)"
)

CREATE: dict[str, list[str]] = {
    "sqlite": [
        "CREATE TRIGGER audit_no_delete BEFORE DELETE ON ground_auditentry"
        " BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END",
        "CREATE TRIGGER audit_no_change BEFORE UPDATE ON ground_auditentry WHEN "
        + _CHANGES
        + " OR NEW.kept <> OLD.kept OR (NEW.personal IS NOT NULL AND NEW.personal IS NOT OLD.personal)"
        + " OR (NEW.salt IS NOT NULL AND NEW.salt IS NOT OLD.salt)"
        + " BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END",
        "CREATE TRIGGER audit_seal_no_delete BEFORE DELETE ON ground_auditseal BEGIN SELECT RAISE(ABORT, 'seals stay'); END",
        "CREATE TRIGGER audit_seal_no_change BEFORE UPDATE ON ground_auditseal BEGIN SELECT RAISE(ABORT, 'seals stay'); END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger AS $$"
        " BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$ LANGUAGE plpgsql",
        "CREATE TRIGGER audit_no_delete BEFORE DELETE ON ground_auditentry FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        "CREATE TRIGGER audit_no_change BEFORE UPDATE ON ground_auditentry FOR EACH ROW WHEN ("
        + _CHANGES
        + " OR NEW.kept::text <> OLD.kept::text OR (NEW.personal IS NOT NULL AND NEW.personal::text IS DISTINCT FROM OLD.personal::text)"
        + " OR (NEW.salt IS NOT NULL AND NEW.salt IS DISTINCT FROM OLD.salt))"
        + " EXECUTE FUNCTION audit_refuse()",
        "CREATE TRIGGER audit_seal_no_delete BEFORE DELETE ON ground_auditseal FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        "CREATE TRIGGER audit_seal_no_change BEFORE UPDATE ON ground_auditseal FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        # Emptying a whole table fires no row trigger.
        "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON ground_auditentry FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
        "CREATE TRIGGER audit_seal_no_truncate BEFORE TRUNCATE ON ground_auditseal FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    ],
}

DROP: dict[str, list[str]] = {
    "sqlite": [
        f"DROP TRIGGER IF EXISTS {name}" for name in ("audit_no_delete", "audit_no_change", "audit_seal_no_delete", "audit_seal_no_change")
    ],
    "postgresql": [
        "DROP TRIGGER IF EXISTS audit_no_delete ON ground_auditentry",
        "DROP TRIGGER IF EXISTS audit_no_change ON ground_auditentry",
        "DROP TRIGGER IF EXISTS audit_seal_no_delete ON ground_auditseal",
        "DROP TRIGGER IF EXISTS audit_seal_no_change ON ground_auditseal",
        "DROP TRIGGER IF EXISTS audit_no_truncate ON ground_auditentry",
        "DROP TRIGGER IF EXISTS audit_seal_no_truncate ON ground_auditseal",
    ],
}

# The full-text index follows the rows of ground_searchtext by itself, so Python writes one table on both databases.
SEARCH: dict[str, list[str]] = {
    "sqlite": [
        "CREATE VIRTUAL TABLE ground_search USING fts5(tokens, content='ground_searchtext', content_rowid='id', tokenize='unicode61')",
        "CREATE TRIGGER ground_search_added AFTER INSERT ON ground_searchtext BEGIN"
        " INSERT INTO ground_search(rowid, tokens) VALUES (NEW.id, NEW.tokens); END",
        "CREATE TRIGGER ground_search_removed AFTER DELETE ON ground_searchtext BEGIN"
        " INSERT INTO ground_search(ground_search, rowid, tokens) VALUES ('delete', OLD.id, OLD.tokens); END",
        "CREATE TRIGGER ground_search_changed AFTER UPDATE OF tokens ON ground_searchtext BEGIN"
        " INSERT INTO ground_search(ground_search, rowid, tokens) VALUES ('delete', OLD.id, OLD.tokens);"
        " INSERT INTO ground_search(rowid, tokens) VALUES (NEW.id, NEW.tokens); END",
    ],
    "postgresql": [
        "CREATE INDEX ground_search_tokens ON ground_searchtext USING gin (to_tsvector('simple', tokens))",
    ],
}
