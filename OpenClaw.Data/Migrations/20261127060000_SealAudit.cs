using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Entries of the audit log say where the request came from and what came of it, cannot be changed, and are chained by hash.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261127060000_SealAudit")]
public sealed class SealAudit : Migration
{
    // What is sealed is named column by column: one that is added later must not change what was sealed before.
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE openclaw.audit_log
            ADD COLUMN outcome    text NOT NULL DEFAULT 'done' CHECK (outcome IN ('done', 'refused')),
            ADD COLUMN change     jsonb,
            ADD COLUMN address    text,
            ADD COLUMN credential text,
            ADD COLUMN trace_id   text;
        CREATE INDEX ix_audit_log_actor ON openclaw.audit_log (actor, id);
        CREATE INDEX ix_audit_log_action ON openclaw.audit_log (action, id);

        CREATE TABLE openclaw.audit_seals (
            seq       bigint PRIMARY KEY,
            entry_id  bigint NOT NULL,
            hash      bytea NOT NULL,
            sealed_at timestamptz NOT NULL DEFAULT now()
        );
        CREATE UNIQUE INDEX ux_audit_seals_entry ON openclaw.audit_seals (entry_id);

        CREATE FUNCTION openclaw.audit_hash(before bytea, e openclaw.audit_log) RETURNS bytea LANGUAGE sql STABLE SET timezone = 'UTC' AS $$
            SELECT sha256(before || convert_to(jsonb_strip_nulls(jsonb_build_object(
                'id', e.id, 'actor', e.actor, 'action', e.action, 'subject', e.subject, 'detail', e.detail, 'outcome', e.outcome, 'change', e.change,
                'address', e.address, 'credential', e.credential, 'trace_id', e.trace_id, 'created_at', e.created_at))::text, 'UTF8'))
        $$;

        CREATE FUNCTION openclaw.seal_audit(most integer, behind bigint) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
        DECLARE
            last   openclaw.audit_seals;
            entry  openclaw.audit_log;
            sealed integer := 0;
        BEGIN
            IF NOT pg_try_advisory_xact_lock(hashtextextended('openclaw.audit_seals', 0)) THEN
                RETURN 0;
            END IF;

            SELECT * INTO last FROM openclaw.audit_seals ORDER BY seq DESC LIMIT 1;
            last.seq := coalesce(last.seq, 0);
            last.hash := coalesce(last.hash, ''::bytea);
            FOR entry IN
                SELECT a.* FROM openclaw.audit_log a
                WHERE a.id > coalesce((SELECT max(entry_id) FROM openclaw.audit_seals), 0) - behind
                  AND NOT EXISTS (SELECT FROM openclaw.audit_seals s WHERE s.entry_id = a.id)
                ORDER BY a.id LIMIT most
            LOOP
                last.seq := last.seq + 1;
                last.hash := openclaw.audit_hash(last.hash, entry);
                INSERT INTO openclaw.audit_seals (seq, entry_id, hash) VALUES (last.seq, entry.id, last.hash);
                sealed := sealed + 1;
            END LOOP;
            RETURN sealed;
        END $$;

        CREATE FUNCTION openclaw.verify_audit() RETURNS TABLE (seq bigint, entry_id bigint, problem text) LANGUAGE sql STABLE AS $$
            WITH seals AS (
                SELECT s.seq, s.entry_id, s.hash, lag(s.seq) OVER w AS seq_before, lag(s.hash) OVER w AS hash_before FROM openclaw.audit_seals s WINDOW w AS (ORDER BY s.seq)
            ), found AS (
                SELECT s.seq, s.entry_id, CASE
                    WHEN s.seq_before IS NULL AND s.seq > 1 THEN CASE
                        WHEN NOT EXISTS (SELECT FROM openclaw.audit_log t WHERE t.action = 'audit.trim' AND t.detail = 'up to seal ' || s.seq) THEN 'the seals before it are gone, and no entry says that they were trimmed' END
                    WHEN s.seq <> coalesce(s.seq_before, 0) + 1 THEN 'seals before it are gone'
                    WHEN a.id IS NULL THEN 'the entry is gone'
                    WHEN s.hash <> openclaw.audit_hash(coalesce(s.hash_before, ''::bytea), a) THEN 'the entry was changed, or its seal' END AS problem
                FROM seals s LEFT JOIN openclaw.audit_log a ON a.id = s.entry_id
            )
            SELECT seq, entry_id, problem FROM found WHERE problem IS NOT NULL
            UNION ALL
            SELECT NULL, a.id, 'the entry has not been sealed' FROM openclaw.audit_log a
            WHERE a.created_at < now() - interval '5 minutes' AND NOT EXISTS (SELECT FROM openclaw.audit_seals s WHERE s.entry_id = a.id)
            ORDER BY 2
        $$;

        CREATE FUNCTION openclaw.trim_audit(until timestamptz, most integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
        DECLARE
            last    bigint;
            removed integer;
        BEGIN
            PERFORM pg_advisory_xact_lock(hashtextextended('openclaw.audit_seals', 0));
            SELECT max(old.seq) INTO last FROM (
                SELECT s.seq, a.created_at FROM openclaw.audit_seals s LEFT JOIN openclaw.audit_log a ON a.id = s.entry_id ORDER BY s.seq LIMIT most
            ) old
            WHERE old.seq < coalesce((
                SELECT min(s.seq) FROM openclaw.audit_seals s JOIN openclaw.audit_log a ON a.id = s.entry_id WHERE a.created_at >= until), 9223372036854775807);
            PERFORM set_config('openclaw.trims_audit', 'on', true);
            DELETE FROM openclaw.audit_log a USING openclaw.audit_seals s WHERE s.seq <= last AND a.id = s.entry_id;
            GET DIAGNOSTICS removed = ROW_COUNT;
            IF removed > 0 THEN
                DELETE FROM openclaw.audit_seals s WHERE s.seq < last;
                INSERT INTO openclaw.audit_log (actor, action, subject, detail) VALUES ('retention', 'audit.trim', 'audit', 'up to seal ' || last);
            END IF;
            PERFORM set_config('openclaw.trims_audit', 'off', true);
            RETURN removed;
        END $$;

        CREATE FUNCTION openclaw.keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' AND current_setting('openclaw.trims_audit', true) = 'on' THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION 'The audit log is kept as it was written.' USING ERRCODE = 'insufficient_privilege';
        END $$;
        CREATE TRIGGER keep_audit BEFORE UPDATE OR DELETE ON openclaw.audit_log FOR EACH ROW EXECUTE FUNCTION openclaw.keep_audit();
        CREATE TRIGGER keep_audit_whole BEFORE TRUNCATE ON openclaw.audit_log FOR EACH STATEMENT EXECUTE FUNCTION openclaw.keep_audit();
        CREATE TRIGGER keep_audit_seals BEFORE UPDATE OR DELETE ON openclaw.audit_seals FOR EACH ROW EXECUTE FUNCTION openclaw.keep_audit();
        CREATE TRIGGER keep_audit_seals_whole BEFORE TRUNCATE ON openclaw.audit_seals FOR EACH STATEMENT EXECUTE FUNCTION openclaw.keep_audit();
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP TRIGGER keep_audit ON openclaw.audit_log;
        DROP TRIGGER keep_audit_whole ON openclaw.audit_log;
        DROP TABLE openclaw.audit_seals;
        DROP FUNCTION openclaw.keep_audit, openclaw.trim_audit, openclaw.verify_audit, openclaw.seal_audit, openclaw.audit_hash;
        DROP INDEX openclaw.ix_audit_log_actor, openclaw.ix_audit_log_action;
        ALTER TABLE openclaw.audit_log DROP COLUMN outcome, DROP COLUMN change, DROP COLUMN address, DROP COLUMN credential, DROP COLUMN trace_id;
        """);
}
