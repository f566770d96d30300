using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Prices of models, what was spent, and budgets.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261127070000_AddSpending")]
public sealed class AddSpending : Migration
{
    // In micro-units of USD for a million tokens: a place to start from, which docs/spending.md says to compare with the vendors' lists.
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE openclaw.model_prices (
            model        text NOT NULL,
            valid_from   date NOT NULL,
            input        bigint NOT NULL CHECK (input >= 0),
            cached_input bigint NOT NULL CHECK (cached_input >= 0),
            output       bigint NOT NULL CHECK (output >= 0),
            PRIMARY KEY (model, valid_from)
        );
        INSERT INTO openclaw.model_prices (model, valid_from, input, cached_input, output) VALUES
            ('openai/gpt-5*', '2025-12-01', 1250000, 125000, 10000000),
            ('openai/gpt-5-mini*', '2025-12-01', 250000, 25000, 2000000),
            ('openai/gpt-5-nano*', '2025-12-01', 50000, 5000, 400000),
            ('openai/gpt-5-pro*', '2025-12-01', 15000000, 15000000, 120000000),
            ('openai/gpt-4o*', '2025-12-01', 2500000, 1250000, 10000000),
            ('openai/gpt-4o-mini*', '2025-12-01', 150000, 75000, 600000),
            ('openai/gpt-4.1*', '2025-12-01', 2000000, 500000, 8000000),
            ('openai/gpt-4.1-mini*', '2025-12-01', 400000, 100000, 1600000),
            ('openai/gpt-4.1-nano*', '2025-12-01', 100000, 25000, 400000),
            ('anthropic/claude-opus-4-5*', '2025-12-01', 5000000, 500000, 25000000),
            ('anthropic/claude-sonnet-4-5*', '2025-12-01', 3000000, 300000, 15000000),
            ('anthropic/claude-haiku-4-5*', '2025-12-01', 1000000, 100000, 5000000);

        CREATE TABLE openclaw.spending (
            id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            turn_key            text NOT NULL UNIQUE,
            at                  timestamptz NOT NULL DEFAULT now(),
            day                 date NOT NULL,
            owner               text NOT NULL,
            agent_id            uuid,
            model               text NOT NULL,
            kind                text NOT NULL CHECK (kind IN ('message', 'beat', 'prompt', 'check', 'command')),
            input_tokens        bigint NOT NULL,
            cached_input_tokens bigint NOT NULL,
            output_tokens       bigint NOT NULL,
            amount              bigint NOT NULL CHECK (amount >= 0),
            price_model         text,
            price_from          date
        );
        CREATE INDEX ix_spending_owner ON openclaw.spending (owner, day) INCLUDE (amount);
        CREATE INDEX ix_spending_agent ON openclaw.spending (agent_id, day) INCLUDE (amount) WHERE agent_id IS NOT NULL;
        CREATE FUNCTION openclaw.keep_spending() RETURNS trigger LANGUAGE plpgsql AS
        $$
        BEGIN
            RAISE EXCEPTION 'openclaw.spending is only added to.';
        END
        $$;
        CREATE TRIGGER keep_spending BEFORE UPDATE OR DELETE ON openclaw.spending FOR EACH STATEMENT EXECUTE FUNCTION openclaw.keep_spending();

        CREATE TABLE openclaw.budgets (
            id         uuid PRIMARY KEY,
            owner      text NOT NULL,
            agent_id   uuid,
            period     text NOT NULL CHECK (period IN ('day', 'week', 'month')),
            soft       bigint CHECK (soft > 0),
            hard       bigint CHECK (hard > 0),
            told_for   date,
            created_at timestamptz NOT NULL DEFAULT now(),
            updated_at timestamptz NOT NULL DEFAULT now()
        );
        CREATE UNIQUE INDEX ux_budgets_of_owner ON openclaw.budgets (owner, period) WHERE agent_id IS NULL;
        CREATE UNIQUE INDEX ux_budgets_of_agent ON openclaw.budgets (agent_id, period) WHERE agent_id IS NOT NULL;

        CREATE TABLE openclaw.spending_reservations (
            turn_key text PRIMARY KEY,
            owner    text NOT NULL,
            agent_id uuid NOT NULL,
            model    text NOT NULL,
            amount   bigint NOT NULL,
            until    timestamptz NOT NULL
        );
        CREATE INDEX ix_spending_reservations_owner ON openclaw.spending_reservations (owner);
        CREATE INDEX ix_spending_reservations_agent ON openclaw.spending_reservations (agent_id);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP TABLE openclaw.spending_reservations;
        DROP TABLE openclaw.budgets;
        DROP TABLE openclaw.spending;
        DROP FUNCTION openclaw.keep_spending();
        DROP TABLE openclaw.model_prices;
        """);
}
