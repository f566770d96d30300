namespace Hangfire.PostgreSql.Schema;

internal static class SchemaSql
{
    /// <remarks>
    /// Columns are those of the package. Of its indexes only what the engine reads by: each further one on job would make
    /// every change of state slower. The index on statename leaves out the states that pass, so that they don't touch it.
    /// </remarks>
    public const string Create = """
        create schema hangfire;

        create table if not exists hangfire.schema (version int primary key);

        create table if not exists hangfire.job (
            id bigserial primary key,
            stateid bigint,
            statename text,
            invocationdata jsonb not null,
            arguments jsonb not null,
            createdat timestamptz not null,
            expireat timestamptz,
            updatecount int not null default 0);
        create index if not exists ix_hangfire_job_statename on hangfire.job (statename, id)
            where statename in ('Failed', 'Succeeded', 'Deleted');
        create index if not exists ix_hangfire_job_expireat on hangfire.job (expireat) where expireat is not null;

        create table if not exists hangfire.state (
            id bigserial primary key,
            jobid bigint not null references hangfire.job (id) on update cascade on delete cascade,
            name text not null,
            reason text,
            createdat timestamptz not null,
            data jsonb,
            updatecount int not null default 0);
        create index if not exists ix_hangfire_state_jobid on hangfire.state (jobid);

        create table if not exists hangfire.jobparameter (
            id bigserial primary key,
            jobid bigint not null references hangfire.job (id) on update cascade on delete cascade,
            name text not null,
            value text,
            updatecount int not null default 0);
        create index if not exists ix_hangfire_jobparameter_jobidandname on hangfire.jobparameter (jobid, name);

        create table if not exists hangfire.jobqueue (
            id bigserial primary key,
            jobid bigint not null,
            queue text not null,
            fetchedat timestamptz,
            updatecount int not null default 0);
        create index if not exists ix_hangfire_jobqueue_fetchedat_queue_jobid on hangfire.jobqueue (fetchedat nulls first, queue, jobid);
        -- Rows come and go at the head of the index: without frequent vacuuming every claim walks over the dead ones.
        alter table hangfire.jobqueue set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, fillfactor = 70);

        create table if not exists hangfire.server (
            id text primary key,
            data jsonb,
            lastheartbeat timestamptz not null,
            updatecount int not null default 0);

        create table if not exists hangfire.set (
            id bigserial primary key,
            key text not null,
            score double precision not null,
            value text not null,
            expireat timestamptz,
            updatecount int not null default 0,
            unique (key, value));
        create index if not exists ix_hangfire_set_key_score on hangfire.set (key, score);
        create index if not exists ix_hangfire_set_expireat on hangfire.set (expireat) where expireat is not null;

        create table if not exists hangfire.hash (
            id bigserial primary key,
            key text not null,
            field text not null,
            value text,
            expireat timestamptz,
            updatecount int not null default 0,
            unique (key, field));
        create index if not exists ix_hangfire_hash_expireat on hangfire.hash (expireat) where expireat is not null;

        create table if not exists hangfire.list (
            id bigserial primary key,
            key text not null,
            value text,
            expireat timestamptz,
            updatecount int not null default 0);
        create index if not exists ix_hangfire_list_expireat on hangfire.list (expireat) where expireat is not null;

        create table if not exists hangfire.counter (
            id bigserial primary key,
            key text not null,
            value bigint not null,
            expireat timestamptz);
        create index if not exists ix_hangfire_counter_key on hangfire.counter (key);
        create index if not exists ix_hangfire_counter_expireat on hangfire.counter (expireat) where expireat is not null;

        create table if not exists hangfire.aggregatedcounter (
            id bigserial primary key,
            key text not null unique,
            value bigint not null,
            expireat timestamptz);

        create table if not exists hangfire.lock (
            resource text not null unique,
            updatecount int not null default 0,
            acquired timestamptz);

        insert into hangfire.schema (version) values (23) on conflict do nothing;
        """;
}
