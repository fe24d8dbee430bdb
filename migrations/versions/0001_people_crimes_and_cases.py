"""People, crimes, cases, and history that can't be changed."""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


#: Tables whose rows are history. The ORM refuses changes too; this holds for everybody else.
APPEND_ONLY = (
    "access_log",
    "case_steps",
    "change_log",
    "decisions",
    "notice_exceptions",
    "registrar_advice",
    "victim_notices",
)


def protect_history() -> None:
    """Refuse UPDATE and DELETE (and TRUNCATE, where there is one) on history."""
    if op.get_bind().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for verb in ("update", "delete"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def upgrade() -> None:
    """Change the tables."""
    op.create_table('bank_holidays',
    sa.Column('on_date', sa.Date(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.PrimaryKeyConstraint('on_date', name=op.f('pk_bank_holidays'))
    )
    op.create_table('force',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('demonstration', sa.Boolean(), nullable=False),
    sa.Column('victim_contact', sa.Text(), nullable=False, comment='How a victim reaches the force, for letters, line by line.'),
    sa.Column('victim_support', sa.Text(), nullable=False, comment='Where a victim finds support here, for letters, line by line.'),
    sa.Column('line_manager_may_decide', sa.Boolean(), nullable=False, comment='CANC-08 switched off: a line manager may decide.'),
    sa.Column('registrar_decides_reserved_codes', sa.Boolean(), nullable=False, comment='CANC-10: C1, C3 and C4 on rape and homicide go to the FCR.'),
    sa.CheckConstraint('id = 1', name=op.f('ck_force_only_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_force'))
    )
    op.create_table('job_runs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('job', sa.String(length=60), nullable=False),
    sa.Column('slot_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.String(length=400), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job_runs')),
    sa.UniqueConstraint('job', 'slot_at', name=op.f('uq_job_runs_job_slot_at'))
    )
    op.create_table('leases',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('holder', sa.String(length=80), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_leases'))
    )
    op.create_table('offences',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('offence_class', sa.String(length=10), nullable=False, comment='Home Office class, as 19C.'),
    sa.Column('offence_code', sa.String(length=10), nullable=False, comment='As 019/08.'),
    sa.Column('class_title', sa.String(length=300), nullable=False),
    sa.Column('title', sa.String(length=600), nullable=False),
    sa.Column('offence_group', sa.String(length=80), nullable=False),
    sa.Column('offence_subgroup', sa.String(length=120), nullable=False),
    sa.Column('victim_or_state', sa.String(length=3), nullable=False, comment='V victim based, S state based, S/V either.'),
    sa.Column('max_sentence', sa.String(length=60), nullable=False),
    sa.Column('mode', sa.String(length=10), nullable=False),
    sa.Column('current', sa.Boolean(), nullable=False),
    sa.Column('reported_incident', sa.Boolean(), nullable=False, comment='N100 and N300: a reported incident, not a crime.'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offences')),
    sa.UniqueConstraint('offence_class', 'offence_code', name=op.f('uq_offences_offence_class_offence_code'))
    )
    with op.batch_alter_table('offences', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_offences_offence_code'), ['offence_code'], unique=False)
        batch_op.create_index(batch_op.f('ix_offences_offence_group'), ['offence_group'], unique=False)

    op.create_table('sign_in_attempts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email_key', sa.String(length=64), nullable=False, comment='SHA-256 of the address typed, hex.'),
    sa.Column('address', sa.String(length=45), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_attempts'))
    )
    with op.batch_alter_table('sign_in_attempts', schema=None) as batch_op:
        batch_op.create_index('ix_sign_in_attempts_address_at', ['address', 'at'], unique=False)
        batch_op.create_index('ix_sign_in_attempts_email_key_at', ['email_key', 'at'], unique=False)

    op.create_table('units',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('path', sa.String(length=200), nullable=False, comment='Ids from the root down to this unit, as /1/4/.'),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['parent_id'], ['units.id'], name=op.f('fk_units_parent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_units')),
    sa.UniqueConstraint('name', name=op.f('uq_units_name'))
    )
    with op.batch_alter_table('units', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_units_parent_id'), ['parent_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_units_path'), ['path'], unique=False)

    op.create_table('offence_wordings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('offence_id', sa.Integer(), nullable=False),
    sa.Column('line', sa.Integer(), nullable=False, comment='Row of the published sheet it came from.'),
    sa.Column('title', sa.String(length=600), nullable=False),
    sa.Column('act', sa.String(length=400), nullable=False),
    sa.Column('section', sa.String(length=400), nullable=False),
    sa.Column('current', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['offence_id'], ['offences.id'], name=op.f('fk_offence_wordings_offence_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offence_wordings')),
    sa.UniqueConstraint('offence_id', 'line', name=op.f('uq_offence_wordings_offence_id_line'))
    )
    with op.batch_alter_table('offence_wordings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_offence_wordings_offence_id'), ['offence_id'], unique=False)

    op.create_table('people',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('staff_number', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('name_key', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False, comment='Name in lower case, surname first, for searching.'),
    sa.Column('email', sa.String(length=254), nullable=False, comment='In lower case.'),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('supervisor_id', sa.Integer(), nullable=True),
    sa.Column('password_hash', sa.String(length=200), nullable=True, comment='argon2id.'),
    sa.Column('must_change_password', sa.Boolean(), nullable=False, comment='Somebody else chose it.'),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['supervisor_id'], ['people.id'], name=op.f('fk_people_supervisor_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_people_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people')),
    sa.UniqueConstraint('email', name=op.f('uq_people_email')),
    sa.UniqueConstraint('staff_number', name=op.f('uq_people_staff_number'))
    )
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_people_name_key'), ['name_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_people_supervisor_id'), ['supervisor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_people_unit_id'), ['unit_id'], unique=False)

    op.create_table('access_log',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('verb', sa.String(length=14), nullable=False),
    sa.Column('what', sa.String(length=60), nullable=False, comment='As case:read, letter:print.'),
    sa.Column('record_kind', sa.String(length=20), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=True),
    sa.Column('recipient', sa.String(length=120), nullable=False, comment='Who got a disclosed copy.'),
    sa.Column('address', sa.String(length=45), nullable=False, comment='Where from, or the command.'),
    sa.CheckConstraint("verb IN ('consultation', 'disclosure')", name=op.f('ck_access_log_verb_known')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_access_log_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_log'))
    )
    with op.batch_alter_table('access_log', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_access_log_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_access_log_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_access_log_record', ['record_kind', 'record_id'], unique=False)

    op.create_table('accreditations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('evidence', sa.String(length=200), nullable=False, comment='Such as a register entry number.'),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('ends_on IS NULL OR ends_on >= starts_on', name=op.f('ck_accreditations_days_in_order')),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_accreditations_added_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_accreditations_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_accreditations'))
    )
    with op.batch_alter_table('accreditations', schema=None) as batch_op:
        batch_op.create_index('ix_accreditations_kind_ends_on', ['kind', 'ends_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_accreditations_person_id'), ['person_id'], unique=False)

    op.create_table('change_log',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('verb', sa.String(length=14), nullable=False),
    sa.Column('what', sa.String(length=60), nullable=False, comment='As case:approve, person:role-granted.'),
    sa.Column('record_kind', sa.String(length=20), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=True),
    sa.Column('detail', sa.String(length=400), nullable=False, comment='Never personal data.'),
    sa.Column('address', sa.String(length=45), nullable=False),
    sa.CheckConstraint("verb IN ('collection', 'alteration', 'combination', 'erasure')", name=op.f('ck_change_log_verb_known')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_change_log_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_change_log'))
    )
    with op.batch_alter_table('change_log', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_change_log_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_change_log_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_change_log_record', ['record_kind', 'record_id'], unique=False)

    op.create_table('crimes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('crime_number', sa.String(length=80), nullable=False),
    sa.Column('number_key', sa.String(length=80).with_variant(sa.String(length=80, collation='C'), 'postgresql'), nullable=False, comment='Crime number in capitals without spaces.'),
    sa.Column('incident_reference', sa.String(length=80), nullable=False),
    sa.Column('incident_key', sa.String(length=80).with_variant(sa.String(length=80, collation='C'), 'postgresql'), nullable=False),
    sa.Column('reported_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('recorded_month', sa.Date(), nullable=True, comment='First day of the month, for extracts that give no time.'),
    sa.Column('time_note', sa.String(length=200), nullable=False, comment='What a time is uncertain about, as its first occurrence assumed.'),
    sa.Column('offence_id', sa.Integer(), nullable=True),
    sa.Column('first_offence_id', sa.Integer(), nullable=True, comment='As first recorded; never changes (CLS-01).'),
    sa.Column('offence_text', sa.String(length=200), nullable=False, comment='What an extract calls the offence, where it gives no class.'),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('oic_id', sa.Integer(), nullable=True, comment='Officer in the case now; also in crime_people.'),
    sa.Column('location', sa.String(length=300), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('removal_code', sa.String(length=2), nullable=True),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('source', sa.String(length=40), nullable=False, comment="How it came in: hand, or an import's name."),
    sa.Column('row_hash', sa.String(length=64), nullable=False, comment='SHA-256 of the imported row; tells a changed row from a repeat.'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status = 'recorded') = (removal_code IS NULL) AND (status = 'recorded') = (removed_at IS NULL)", name=op.f('ck_crimes_removed_with_code_and_time')),
    sa.CheckConstraint("removal_code IS NULL OR removal_code IN ('C1', 'C2', 'C3', 'C4', 'C5')", name=op.f('ck_crimes_removal_code_known')),
    sa.CheckConstraint("status IN ('recorded', 'transferred', 'cancelled')", name=op.f('ck_crimes_status_known')),
    sa.ForeignKeyConstraint(['first_offence_id'], ['offences.id'], name=op.f('fk_crimes_first_offence_id')),
    sa.ForeignKeyConstraint(['offence_id'], ['offences.id'], name=op.f('fk_crimes_offence_id')),
    sa.ForeignKeyConstraint(['oic_id'], ['people.id'], name=op.f('fk_crimes_oic_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_crimes_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_crimes')),
    sa.UniqueConstraint('number_key', name=op.f('uq_crimes_number_key'))
    )
    with op.batch_alter_table('crimes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_crimes_incident_key'), ['incident_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_crimes_offence_id'), ['offence_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_crimes_oic_id'), ['oic_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_crimes_recorded_at'), ['recorded_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_crimes_recorded_month'), ['recorded_month'], unique=False)
        batch_op.create_index(batch_op.f('ix_crimes_removed_at'), ['removed_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_crimes_status'), ['status'], unique=False)
        batch_op.create_index('ix_crimes_unit_id_recorded_at', ['unit_id', 'recorded_at'], unique=False)

    op.create_table('deputies',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('deputy_id', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_deputies_days_in_order')),
    sa.CheckConstraint('person_id <> deputy_id', name=op.f('ck_deputies_not_self')),
    sa.ForeignKeyConstraint(['deputy_id'], ['people.id'], name=op.f('fk_deputies_deputy_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_deputies_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deputies')),
    sa.UniqueConstraint('person_id', 'deputy_id', 'starts_on', name=op.f('uq_deputies_person_id_deputy_id_starts_on'))
    )
    with op.batch_alter_table('deputies', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_deputies_deputy_id'), ['deputy_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_deputies_person_id'), ['person_id'], unique=False)

    op.create_table('import_files',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('content_hash', sa.String(length=64), nullable=False, comment='SHA-256, hex.'),
    sa.Column('uploaded_by_id', sa.Integer(), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['uploaded_by_id'], ['people.id'], name=op.f('fk_import_files_uploaded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_files')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('import_files', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_files_uploaded_at'), ['uploaded_at'], unique=False)

    op.create_table('import_mappings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['changed_by_id'], ['people.id'], name=op.f('fk_import_mappings_changed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_mappings')),
    sa.UniqueConstraint('name', name=op.f('uq_import_mappings_name'))
    )
    op.create_table('import_runs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False, comment='crimes, offences.'),
    sa.Column('mapping_name', sa.String(length=80), nullable=False),
    sa.Column('mapping', sa.JSON(), nullable=False, comment='The mapping as it was when the run began.'),
    sa.Column('file_id', sa.Integer(), nullable=True, comment='The uploaded file, until it is no longer needed.'),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('file_hash', sa.String(length=64), nullable=False),
    sa.Column('dry_run', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('rows_total', sa.Integer(), nullable=False),
    sa.Column('rows_done', sa.Integer(), nullable=False),
    sa.Column('added_count', sa.Integer(), nullable=False),
    sa.Column('changed_count', sa.Integer(), nullable=False),
    sa.Column('unchanged_count', sa.Integer(), nullable=False),
    sa.Column('refused_count', sa.Integer(), nullable=False),
    sa.Column('remarks', sa.Text(), nullable=False, comment='What the file does not hold, a line each.'),
    sa.Column('started_by_id', sa.Integer(), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('moved_at', sa.DateTime(timezone=True), nullable=False, comment='When it last got further; long ago means it stopped.'),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name=op.f('ck_import_runs_state_known')),
    sa.ForeignKeyConstraint(['file_id'], ['import_files.id'], name=op.f('fk_import_runs_file_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['started_by_id'], ['people.id'], name=op.f('fk_import_runs_started_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_runs'))
    )
    with op.batch_alter_table('import_runs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_runs_file_id'), ['file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_runs_started_at'), ['started_at'], unique=False)

    op.create_table('kept_words',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('path', sa.String(length=400), nullable=False),
    sa.Column('form', sa.JSON(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_kept_words_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_words'))
    )
    with op.batch_alter_table('kept_words', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kept_words_kept_at'), ['kept_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_kept_words_person_id'), ['person_id'], unique=False)

    op.create_table('role_grants',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('granted_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('ends_on IS NULL OR ends_on >= starts_on', name=op.f('ck_role_grants_days_in_order')),
    sa.ForeignKeyConstraint(['granted_by_id'], ['people.id'], name=op.f('fk_role_grants_granted_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_role_grants_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grants'))
    )
    with op.batch_alter_table('role_grants', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_grants_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_role_grants_role'), ['role'], unique=False)

    op.create_table('sign_ins',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False, comment='SHA-256, hex.'),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('address', sa.String(length=45), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_sign_ins_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_ins')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_ins_token_hash'))
    )
    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_ins_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_ins_seen_at'), ['seen_at'], unique=False)

    op.create_table('cases',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=20).with_variant(sa.String(length=20, collation='C'), 'postgresql'), nullable=False),
    sa.Column('workflow', sa.String(length=20), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('open', sa.Boolean(), nullable=False, comment='Somebody has something to do; refused and removed cases are not open.'),
    sa.Column('crime_id', sa.Integer(), nullable=True),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('opened_by_id', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False, comment='When it came into its present state.'),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False, comment='When its present state should be over; the end of time where no clock runs.'),
    sa.Column('claimed_by_id', sa.Integer(), nullable=True),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('needs', sa.String(length=30), nullable=False, comment='Authority a decision needs; empty while none is waited for.'),
    sa.Column('asked', sa.String(length=40), nullable=False, comment='What is asked, as a code: C2.'),
    sa.Column('answers', sa.JSON(), nullable=False, comment='What the case holds.'),
    sa.Column('draft', sa.JSON(), nullable=False, comment='What the requester has typed and not sent yet.'),
    sa.Column('history_length', sa.Integer(), nullable=False),
    sa.Column('history_head', sa.String(length=64), nullable=False, comment='Hash of the last step.'),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(claimed_by_id IS NULL) = (claimed_at IS NULL)', name=op.f('ck_cases_claimed_with_time')),
    sa.ForeignKeyConstraint(['claimed_by_id'], ['people.id'], name=op.f('fk_cases_claimed_by_id')),
    sa.ForeignKeyConstraint(['crime_id'], ['crimes.id'], name=op.f('fk_cases_crime_id')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['people.id'], name=op.f('fk_cases_opened_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_cases_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cases')),
    sa.UniqueConstraint('reference', name=op.f('uq_cases_reference'))
    )
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.create_index('ix_cases_claimed', ['claimed_by_id', 'due_at', 'id'], unique=False, sqlite_where=sa.text('claimed_by_id IS NOT NULL'), postgresql_where=sa.text('claimed_by_id IS NOT NULL'))
        batch_op.create_index(batch_op.f('ix_cases_crime_id'), ['crime_id'], unique=False)
        batch_op.create_index('ix_cases_due', ['due_at', 'id', 'state', 'needs', 'asked', 'unit_id', 'claimed_by_id', 'opened_by_id', 'crime_id', 'open'], unique=False, sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open'))
        batch_op.create_index('ix_cases_entered_at', ['entered_at', 'id'], unique=False, sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open'))
        batch_op.create_index('ix_cases_opened_at', ['opened_at', 'id'], unique=False, sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open'))
        batch_op.create_index('ix_cases_opened', ['opened_by_id', 'due_at', 'id'], unique=False)
        batch_op.create_index('ix_cases_settled', ['state', 'due_at', 'id'], unique=False, sqlite_where=sa.text('open = 0'), postgresql_where=sa.text('NOT open'))
        batch_op.create_index('uq_cases_one_open_per_crime', ['workflow', 'crime_id'], unique=True, sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open'))

    op.create_table('crime_flags',
    sa.Column('crime_id', sa.Integer(), nullable=False),
    sa.Column('flag', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['crime_id'], ['crimes.id'], name=op.f('fk_crime_flags_crime_id')),
    sa.PrimaryKeyConstraint('crime_id', 'flag', name=op.f('pk_crime_flags'))
    )
    with op.batch_alter_table('crime_flags', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_crime_flags_flag'), ['flag'], unique=False)

    op.create_table('crime_people',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('crime_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.String(length=12), nullable=False),
    sa.Column('since_on', sa.Date(), nullable=True),
    sa.CheckConstraint("part IN ('oic', 'former_oic', 'supervisor', 'contributor')", name=op.f('ck_crime_people_part_known')),
    sa.ForeignKeyConstraint(['crime_id'], ['crimes.id'], name=op.f('fk_crime_people_crime_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_crime_people_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_crime_people')),
    sa.UniqueConstraint('crime_id', 'person_id', 'part', name=op.f('uq_crime_people_crime_id_person_id_part'))
    )
    with op.batch_alter_table('crime_people', schema=None) as batch_op:
        batch_op.create_index('ix_crime_people_person_id_crime_id', ['person_id', 'crime_id'], unique=False)

    op.create_table('import_problems',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('line', sa.Integer(), nullable=False, comment='Line of the file; the heading is line 1.'),
    sa.Column('column', sa.String(length=80), nullable=False),
    sa.Column('value', sa.String(length=200), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['run_id'], ['import_runs.id'], name=op.f('fk_import_problems_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_problems'))
    )
    with op.batch_alter_table('import_problems', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_problems_run_id'), ['run_id'], unique=False)

    op.create_table('victims',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('crime_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('name_key', sa.String(length=120).with_variant(sa.String(length=120, collation='C'), 'postgresql'), nullable=False, comment='Lower case, surname first.'),
    sa.Column('is_child', sa.Boolean(), nullable=False),
    sa.Column('speaks_for', sa.String(length=120), nullable=False, comment='Parent or guardian of a child, contact of a business.'),
    sa.Column('address', sa.Text(), nullable=False, comment='For letters, line by line.'),
    sa.Column('enhanced_ground', sa.String(length=20), nullable=False, comment='Why enhanced rights apply (VC-05); empty where they do not.'),
    sa.Column('prefers_language', sa.String(length=2), nullable=False),
    sa.CheckConstraint("kind IN ('person', 'business')", name=op.f('ck_victims_kind_known')),
    sa.ForeignKeyConstraint(['crime_id'], ['crimes.id'], name=op.f('fk_victims_crime_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_victims'))
    )
    with op.batch_alter_table('victims', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_victims_crime_id'), ['crime_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_victims_name_key'), ['name_key'], unique=False)

    op.create_table('cancellation_requests',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=2), nullable=False),
    sa.Column('risk', sa.String(length=6), nullable=False),
    sa.Column('available_on', sa.Date(), nullable=True),
    sa.Column('survivor_id', sa.Integer(), nullable=True),
    sa.Column('receiving_force', sa.String(length=120), nullable=False),
    sa.Column('receiving_reference', sa.String(length=60), nullable=False),
    sa.Column('reference_at', sa.DateTime(timezone=True), nullable=True, comment='When the number came in.'),
    sa.Column('grounds_decision', sa.String(length=20), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(receiving_reference = '') = (reference_at IS NULL)", name=op.f('ck_cancellation_requests_number_with_time')),
    sa.CheckConstraint("code IN ('C1', 'C2', 'C3', 'C4', 'C5')", name=op.f('ck_cancellation_requests_code_known')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_cancellation_requests_case_id')),
    sa.ForeignKeyConstraint(['survivor_id'], ['crimes.id'], name=op.f('fk_cancellation_requests_survivor_id')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_cancellation_requests'))
    )
    with op.batch_alter_table('cancellation_requests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cancellation_requests_code'), ['code'], unique=False)
        batch_op.create_index(batch_op.f('ix_cancellation_requests_survivor_id'), ['survivor_id'], unique=False)

    op.create_table('case_steps',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False, comment='1 for the first step of a case.'),
    sa.Column('trigger', sa.String(length=40), nullable=False),
    sa.Column('from_state', sa.String(length=40), nullable=False),
    sa.Column('to_state', sa.String(length=40), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True, comment='Null for the system.'),
    sa.Column('actor_roles', sa.String(length=120), nullable=False, comment='Roles held then, comma separated.'),
    sa.Column('authority', sa.String(length=400), nullable=False, comment='What entitled the person, frozen.'),
    sa.Column('rule_set', sa.String(length=20), nullable=False, comment='Edition of the rules in force then.'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('rules', sa.JSON(), nullable=False, comment='Every rule looked at: name, id, verdict, reason.'),
    sa.Column('form_key', sa.String(length=40), nullable=True, comment='Random key of the form sent; the same form counts once.'),
    sa.Column('previous_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False, comment='SHA-256 of the row and the previous hash.'),
    sa.ForeignKeyConstraint(['actor_id'], ['people.id'], name=op.f('fk_case_steps_actor_id')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_steps_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_steps')),
    sa.UniqueConstraint('case_id', 'form_key', name=op.f('uq_case_steps_case_id_form_key')),
    sa.UniqueConstraint('case_id', 'position', name=op.f('uq_case_steps_case_id_position'))
    )
    with op.batch_alter_table('case_steps', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_steps_actor_id'), ['actor_id'], unique=False)

    op.create_table('decisions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.String(length=12), nullable=False),
    sa.Column('code', sa.String(length=2), nullable=False),
    sa.Column('rationale', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('authority', sa.String(length=400), nullable=False),
    sa.Column('by_registrar', sa.Boolean(), nullable=False),
    sa.Column('rule_set', sa.String(length=20), nullable=False),
    sa.Column('supersedes_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("outcome IN ('approved', 'refused', 'set_aside', 'reinstated')", name=op.f('ck_decisions_outcome_known')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_decisions_case_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_decisions_decided_by_id')),
    sa.ForeignKeyConstraint(['supersedes_id'], ['decisions.id'], name=op.f('fk_decisions_supersedes_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decisions')),
    sa.UniqueConstraint('supersedes_id', name=op.f('uq_decisions_supersedes_id'))
    )
    with op.batch_alter_table('decisions', schema=None) as batch_op:
        batch_op.create_index('ix_decisions_case_id_id', ['case_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_decisions_decided_at'), ['decided_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_decisions_decided_by_id'), ['decided_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_decisions_outcome'), ['outcome'], unique=False)

    op.create_table('feedback_items',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('step_position', sa.Integer(), nullable=False, comment='The case step it comes from.'),
    sa.Column('to_id', sa.Integer(), nullable=False),
    sa.Column('from_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=120), nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('rules', sa.Text(), nullable=False, comment='The rules with their source, a line each.'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('acknowledged_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reply', sa.Text(), nullable=False),
    sa.CheckConstraint('to_id <> from_id', name=op.f('ck_feedback_items_not_to_oneself')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_feedback_items_case_id')),
    sa.ForeignKeyConstraint(['from_id'], ['people.id'], name=op.f('fk_feedback_items_from_id')),
    sa.ForeignKeyConstraint(['to_id'], ['people.id'], name=op.f('fk_feedback_items_to_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback_items'))
    )
    with op.batch_alter_table('feedback_items', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_feedback_items_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_feedback_items_to_id_acknowledged_at', ['to_id', 'acknowledged_at', 'id'], unique=False)

    op.create_table('notices',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True, comment='Null for a message that is about no one case.'),
    sa.Column('message', sa.String(length=300), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('late_for', sa.DateTime(timezone=True), nullable=True, comment='The deadline that a reminder is about, so that it is sent once; null for the rest.'),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_notices_case_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_notices_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notices')),
    sa.UniqueConstraint('case_id', 'person_id', 'late_for', name=op.f('uq_notices_case_id_person_id_late_for'))
    )
    with op.batch_alter_table('notices', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notices_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_notices_person_id_id', ['person_id', 'id'], unique=False)
        batch_op.create_index('ix_notices_unread', ['person_id'], unique=False, sqlite_where=sa.text('read_at IS NULL'), postgresql_where=sa.text('read_at IS NULL'))

    op.create_table('registrar_advice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('advice', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_registrar_advice_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_registrar_advice_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registrar_advice'))
    )
    with op.batch_alter_table('registrar_advice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registrar_advice_case_id'), ['case_id'], unique=False)

    op.create_table('notice_exceptions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('victim_id', sa.Integer(), nullable=True),
    sa.Column('decision_id', sa.Integer(), nullable=False),
    sa.Column('ground', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('approved', sa.Boolean(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("ground IN ('untraced', 'unsafe', 'died')", name=op.f('ck_notice_exceptions_ground_known')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_notice_exceptions_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_notice_exceptions_case_id')),
    sa.ForeignKeyConstraint(['decision_id'], ['decisions.id'], name=op.f('fk_notice_exceptions_decision_id')),
    sa.ForeignKeyConstraint(['victim_id'], ['victims.id'], name=op.f('fk_notice_exceptions_victim_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice_exceptions'))
    )
    with op.batch_alter_table('notice_exceptions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notice_exceptions_case_id'), ['case_id'], unique=False)

    op.create_table('victim_notices',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('victim_id', sa.Integer(), nullable=True),
    sa.Column('decision_id', sa.Integer(), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('how', sa.String(length=12), nullable=False),
    sa.Column('told_whom', sa.String(length=120), nullable=False),
    sa.Column('told_by', sa.String(length=120), nullable=False),
    sa.Column('said', sa.Text(), nullable=False),
    sa.Column('reply', sa.Text(), nullable=False),
    sa.Column('given_reference', sa.Boolean(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_victim_notices_case_id')),
    sa.ForeignKeyConstraint(['decision_id'], ['decisions.id'], name=op.f('fk_victim_notices_decision_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['people.id'], name=op.f('fk_victim_notices_recorded_by_id')),
    sa.ForeignKeyConstraint(['victim_id'], ['victims.id'], name=op.f('fk_victim_notices_victim_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_victim_notices'))
    )
    with op.batch_alter_table('victim_notices', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_victim_notices_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_victim_notices_told_at'), ['told_at'], unique=False)
    protect_history()


def downgrade() -> None:
    """Change them back."""
    with op.batch_alter_table('victim_notices', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_victim_notices_told_at'))
        batch_op.drop_index(batch_op.f('ix_victim_notices_case_id'))

    op.drop_table('victim_notices')
    with op.batch_alter_table('notice_exceptions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notice_exceptions_case_id'))

    op.drop_table('notice_exceptions')
    with op.batch_alter_table('registrar_advice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registrar_advice_case_id'))

    op.drop_table('registrar_advice')
    with op.batch_alter_table('notices', schema=None) as batch_op:
        batch_op.drop_index('ix_notices_unread', sqlite_where=sa.text('read_at IS NULL'), postgresql_where=sa.text('read_at IS NULL'))
        batch_op.drop_index('ix_notices_person_id_id')
        batch_op.drop_index(batch_op.f('ix_notices_case_id'))

    op.drop_table('notices')
    with op.batch_alter_table('feedback_items', schema=None) as batch_op:
        batch_op.drop_index('ix_feedback_items_to_id_acknowledged_at')
        batch_op.drop_index(batch_op.f('ix_feedback_items_case_id'))

    op.drop_table('feedback_items')
    with op.batch_alter_table('decisions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_decisions_outcome'))
        batch_op.drop_index(batch_op.f('ix_decisions_decided_by_id'))
        batch_op.drop_index(batch_op.f('ix_decisions_decided_at'))
        batch_op.drop_index('ix_decisions_case_id_id')

    op.drop_table('decisions')
    with op.batch_alter_table('case_steps', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_steps_actor_id'))

    op.drop_table('case_steps')
    with op.batch_alter_table('cancellation_requests', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cancellation_requests_survivor_id'))
        batch_op.drop_index(batch_op.f('ix_cancellation_requests_code'))

    op.drop_table('cancellation_requests')
    with op.batch_alter_table('victims', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_victims_name_key'))
        batch_op.drop_index(batch_op.f('ix_victims_crime_id'))

    op.drop_table('victims')
    with op.batch_alter_table('import_problems', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_problems_run_id'))

    op.drop_table('import_problems')
    with op.batch_alter_table('crime_people', schema=None) as batch_op:
        batch_op.drop_index('ix_crime_people_person_id_crime_id')

    op.drop_table('crime_people')
    with op.batch_alter_table('crime_flags', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_crime_flags_flag'))

    op.drop_table('crime_flags')
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.drop_index('uq_cases_one_open_per_crime', sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open'))
        batch_op.drop_index('ix_cases_settled', sqlite_where=sa.text('open = 0'), postgresql_where=sa.text('NOT open'))
        batch_op.drop_index('ix_cases_opened_at', sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open'))
        batch_op.drop_index('ix_cases_opened')
        batch_op.drop_index('ix_cases_entered_at', sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open'))
        batch_op.drop_index('ix_cases_due', sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open'))
        batch_op.drop_index(batch_op.f('ix_cases_crime_id'))
        batch_op.drop_index('ix_cases_claimed', sqlite_where=sa.text('claimed_by_id IS NOT NULL'), postgresql_where=sa.text('claimed_by_id IS NOT NULL'))

    op.drop_table('cases')
    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_ins_seen_at'))
        batch_op.drop_index(batch_op.f('ix_sign_ins_person_id'))

    op.drop_table('sign_ins')
    with op.batch_alter_table('role_grants', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_role_grants_role'))
        batch_op.drop_index(batch_op.f('ix_role_grants_person_id'))

    op.drop_table('role_grants')
    with op.batch_alter_table('kept_words', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_kept_words_person_id'))
        batch_op.drop_index(batch_op.f('ix_kept_words_kept_at'))

    op.drop_table('kept_words')
    with op.batch_alter_table('import_runs', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_runs_started_at'))
        batch_op.drop_index(batch_op.f('ix_import_runs_file_id'))

    op.drop_table('import_runs')
    op.drop_table('import_mappings')
    with op.batch_alter_table('import_files', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_files_uploaded_at'))

    op.drop_table('import_files')
    with op.batch_alter_table('deputies', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_deputies_person_id'))
        batch_op.drop_index(batch_op.f('ix_deputies_deputy_id'))

    op.drop_table('deputies')
    with op.batch_alter_table('crimes', schema=None) as batch_op:
        batch_op.drop_index('ix_crimes_unit_id_recorded_at')
        batch_op.drop_index(batch_op.f('ix_crimes_status'))
        batch_op.drop_index(batch_op.f('ix_crimes_removed_at'))
        batch_op.drop_index(batch_op.f('ix_crimes_recorded_month'))
        batch_op.drop_index(batch_op.f('ix_crimes_recorded_at'))
        batch_op.drop_index(batch_op.f('ix_crimes_oic_id'))
        batch_op.drop_index(batch_op.f('ix_crimes_offence_id'))
        batch_op.drop_index(batch_op.f('ix_crimes_incident_key'))

    op.drop_table('crimes')
    with op.batch_alter_table('change_log', schema=None) as batch_op:
        batch_op.drop_index('ix_change_log_record')
        batch_op.drop_index(batch_op.f('ix_change_log_person_id'))
        batch_op.drop_index(batch_op.f('ix_change_log_at'))

    op.drop_table('change_log')
    with op.batch_alter_table('accreditations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_accreditations_person_id'))
        batch_op.drop_index('ix_accreditations_kind_ends_on')

    op.drop_table('accreditations')
    with op.batch_alter_table('access_log', schema=None) as batch_op:
        batch_op.drop_index('ix_access_log_record')
        batch_op.drop_index(batch_op.f('ix_access_log_person_id'))
        batch_op.drop_index(batch_op.f('ix_access_log_at'))

    op.drop_table('access_log')
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_people_unit_id'))
        batch_op.drop_index(batch_op.f('ix_people_supervisor_id'))
        batch_op.drop_index(batch_op.f('ix_people_name_key'))

    op.drop_table('people')
    with op.batch_alter_table('offence_wordings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_offence_wordings_offence_id'))

    op.drop_table('offence_wordings')
    with op.batch_alter_table('units', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_units_path'))
        batch_op.drop_index(batch_op.f('ix_units_parent_id'))

    op.drop_table('units')
    with op.batch_alter_table('sign_in_attempts', schema=None) as batch_op:
        batch_op.drop_index('ix_sign_in_attempts_email_key_at')
        batch_op.drop_index('ix_sign_in_attempts_address_at')

    op.drop_table('sign_in_attempts')
    with op.batch_alter_table('offences', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_offences_offence_group'))
        batch_op.drop_index(batch_op.f('ix_offences_offence_code'))

    op.drop_table('offences')
    op.drop_table('leases')
    op.drop_table('job_runs')
    op.drop_table('force')
    op.drop_table('bank_holidays')
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
