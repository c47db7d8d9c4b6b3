-- The tables of a study. Written from app/models by scripts/write_schema.py; do not edit by hand.
-- Its digest: d6526d590c258b28c92ba042a83a9a8a2a4814ae3a58f5476098e3d7c0c2d2dd

CREATE TABLE change (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	at VARCHAR NOT NULL,
	actor VARCHAR NOT NULL,
	verb VARCHAR NOT NULL,
	label VARCHAR NOT NULL,
	reason VARCHAR,
	phase VARCHAR,
	undoes INTEGER,
	origin VARCHAR(12) NOT NULL,
	purge_due BOOLEAN,
	CONSTRAINT ck_change_undoes_earlier CHECK (undoes < seq),
	CONSTRAINT ck_change_undoes_something CHECK (verb NOT IN ('undo', 'redo') OR undoes IS NOT NULL),
	CONSTRAINT fk_change_undoes FOREIGN KEY(undoes) REFERENCES change (seq),
	CONSTRAINT ck_change_origin CHECK (origin IN ('window', 'command line', 'import'))
);

CREATE INDEX ix_change_undoes ON change (undoes);

CREATE TABLE export (
	id VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	file_name VARCHAR NOT NULL,
	to_whom VARCHAR NOT NULL,
	content_hash VARCHAR NOT NULL,
	CONSTRAINT pk_export PRIMARY KEY (id)
);

CREATE TABLE focus_group (
	id VARCHAR NOT NULL,
	label VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	held_on DATE,
	place VARCHAR NOT NULL,
	moderator VARCHAR NOT NULL,
	composition VARCHAR NOT NULL,
	minutes INTEGER,
	guide VARCHAR NOT NULL,
	field_note VARCHAR NOT NULL,
	CONSTRAINT pk_focus_group PRIMARY KEY (id),
	CONSTRAINT uq_focus_group_label UNIQUE (label),
	CONSTRAINT ck_focus_group_labelled CHECK (trim(label) <> ''),
	CONSTRAINT ck_focus_group_minutes CHECK (minutes IS NULL OR minutes > 0)
);

CREATE TABLE lens (
	id VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	description VARCHAR NOT NULL,
	citation VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT pk_lens PRIMARY KEY (id),
	CONSTRAINT uq_lens_name UNIQUE (name),
	CONSTRAINT ck_lens_named CHECK (trim(name) <> '')
);

CREATE TABLE map_note (
	id VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	x DOUBLE NOT NULL,
	y DOUBLE NOT NULL,
	CONSTRAINT pk_map_note PRIMARY KEY (id),
	CONSTRAINT ck_map_note_says_something CHECK (trim(text) <> '')
);

CREATE TABLE person (
	id VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	role VARCHAR NOT NULL,
	CONSTRAINT pk_person PRIMARY KEY (id),
	CONSTRAINT uq_person_name UNIQUE (name),
	CONSTRAINT ck_person_named CHECK (trim(name) <> '')
);

CREATE TABLE approach_version (
	id VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	statement JSON NOT NULL,
	reason VARCHAR NOT NULL,
	person_id VARCHAR,
	CONSTRAINT pk_approach_version PRIMARY KEY (id),
	CONSTRAINT fk_approach_version_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
);

CREATE INDEX ix_approach_version_at ON approach_version (at);

CREATE INDEX ix_approach_version_person_id ON approach_version (person_id);

CREATE TABLE change_row (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	change_seq INTEGER NOT NULL,
	table_name VARCHAR NOT NULL,
	row_id VARCHAR NOT NULL,
	op VARCHAR NOT NULL,
	"before" TEXT,
	"after" TEXT,
	CONSTRAINT ck_change_row_op CHECK (op IN ('insert', 'update', 'delete', 'splice')),
	CONSTRAINT fk_change_row_change_seq FOREIGN KEY(change_seq) REFERENCES change (seq) ON DELETE CASCADE
);

CREATE INDEX ix_change_row_altered ON change_row (op, table_name) WHERE op <> 'insert';

CREATE INDEX ix_change_row_change_seq ON change_row (change_seq);

CREATE INDEX ix_change_row_row ON change_row (row_id, change_seq);

CREATE TABLE checklist_answer (
	id VARCHAR NOT NULL,
	checklist VARCHAR NOT NULL,
	item VARCHAR NOT NULL,
	role VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	person_id VARCHAR,
	CONSTRAINT pk_checklist_answer PRIMARY KEY (id),
	CONSTRAINT uq_checklist_answer_checklist_item_role UNIQUE (checklist, item, role),
	CONSTRAINT fk_checklist_answer_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
);

CREATE INDEX ix_checklist_answer_person_id ON checklist_answer (person_id);

CREATE TABLE journal_entry (
	id VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	private BOOLEAN NOT NULL,
	phase VARCHAR(39),
	person_id VARCHAR,
	CONSTRAINT pk_journal_entry PRIMARY KEY (id),
	CONSTRAINT ck_journal_entry_says_something CHECK (trim(text) <> ''),
	CONSTRAINT ck_journal_entry_phase CHECK (phase IN ('familiarising yourself with the dataset', 'coding', 'generating initial themes', 'developing and reviewing themes', 'refining, defining and naming themes', 'writing up')),
	CONSTRAINT fk_journal_entry_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
);

CREATE INDEX ix_journal_entry_at ON journal_entry (at);

CREATE INDEX ix_journal_entry_person_id ON journal_entry (person_id);

CREATE TABLE lens_entry (
	id VARCHAR NOT NULL,
	lens_id VARCHAR NOT NULL,
	parent_id VARCHAR,
	name VARCHAR NOT NULL,
	definition VARCHAR NOT NULL,
	citation VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT pk_lens_entry PRIMARY KEY (id),
	CONSTRAINT ck_lens_entry_named CHECK (trim(name) <> ''),
	CONSTRAINT ck_lens_entry_not_own_parent CHECK (parent_id IS NULL OR parent_id <> id),
	CONSTRAINT fk_lens_entry_lens_id FOREIGN KEY(lens_id) REFERENCES lens (id) ON DELETE CASCADE,
	CONSTRAINT fk_lens_entry_parent_id FOREIGN KEY(parent_id) REFERENCES lens_entry (id) ON DELETE CASCADE
);

CREATE INDEX ix_lens_entry_parent_id ON lens_entry (parent_id);

CREATE UNIQUE INDEX uq_lens_entry_lens_id_name ON lens_entry (lens_id, coalesce(parent_id, ''), name);

CREATE TABLE map_version (
	id VARCHAR NOT NULL,
	label VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	person_id VARCHAR,
	snapshot JSON NOT NULL,
	CONSTRAINT pk_map_version PRIMARY KEY (id),
	CONSTRAINT ck_map_version_labelled CHECK (trim(label) <> ''),
	CONSTRAINT fk_map_version_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
);

CREATE INDEX ix_map_version_person_id ON map_version (person_id);

CREATE TABLE participant (
	id VARCHAR NOT NULL,
	label VARCHAR NOT NULL,
	pseudonym VARCHAR NOT NULL,
	role VARCHAR NOT NULL,
	group_id VARCHAR,
	consent_to_quote VARCHAR(12) NOT NULL,
	consent_to_share VARCHAR(12) NOT NULL,
	consent_to_archive VARCHAR(12) NOT NULL,
	status VARCHAR(10) NOT NULL,
	note VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT pk_participant PRIMARY KEY (id),
	CONSTRAINT ck_participant_named CHECK (trim(pseudonym) <> ''),
	CONSTRAINT fk_participant_group_id FOREIGN KEY(group_id) REFERENCES focus_group (id) ON DELETE SET NULL,
	CONSTRAINT ck_participant_consent CHECK (consent_to_quote IN ('yes', 'no', 'not recorded')),
	CONSTRAINT ck_participant_consent CHECK (consent_to_share IN ('yes', 'no', 'not recorded')),
	CONSTRAINT ck_participant_consent CHECK (consent_to_archive IN ('yes', 'no', 'not recorded')),
	CONSTRAINT ck_participant_participantstatus CHECK (status IN ('active', 'left early', 'withdrawn'))
);

CREATE INDEX ix_participant_group_id ON participant (group_id);

CREATE TABLE phase_visit (
	id VARCHAR NOT NULL,
	phase VARCHAR(39) NOT NULL,
	began_at VARCHAR NOT NULL,
	ended_at VARCHAR,
	note VARCHAR NOT NULL,
	added_later BOOLEAN NOT NULL,
	person_id VARCHAR,
	CONSTRAINT pk_phase_visit PRIMARY KEY (id),
	CONSTRAINT ck_phase_visit_forward CHECK (ended_at IS NULL OR ended_at >= began_at),
	CONSTRAINT ck_phase_visit_phase CHECK (phase IN ('familiarising yourself with the dataset', 'coding', 'generating initial themes', 'developing and reviewing themes', 'refining, defining and naming themes', 'writing up')),
	CONSTRAINT fk_phase_visit_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
);

CREATE INDEX ix_phase_visit_began_at ON phase_visit (began_at);

CREATE INDEX ix_phase_visit_person_id ON phase_visit (person_id);

CREATE TABLE source (
	id VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	group_id VARCHAR,
	position INTEGER NOT NULL,
	text VARCHAR NOT NULL,
	text_hash VARCHAR NOT NULL,
	words INTEGER NOT NULL,
	file_name VARCHAR NOT NULL,
	file_hash VARCHAR NOT NULL,
	language VARCHAR NOT NULL,
	direction VARCHAR NOT NULL,
	transcription VARCHAR NOT NULL,
	checked_by VARCHAR NOT NULL,
	checked_on DATE,
	imported_at VARCHAR NOT NULL,
	CONSTRAINT pk_source PRIMARY KEY (id),
	CONSTRAINT uq_source_name UNIQUE (name),
	CONSTRAINT ck_source_named CHECK (trim(name) <> ''),
	CONSTRAINT fk_source_group_id FOREIGN KEY(group_id) REFERENCES focus_group (id) ON DELETE SET NULL
);

CREATE INDEX ix_source_file_hash ON source (file_hash);

CREATE INDEX ix_source_group_id ON source (group_id);

CREATE TABLE study (
	id VARCHAR NOT NULL,
	only INTEGER NOT NULL,
	title VARCHAR NOT NULL,
	questions VARCHAR NOT NULL,
	attribution_template VARCHAR NOT NULL,
	lens_id VARCHAR,
	ethics_reference VARCHAR NOT NULL,
	retention_date DATE,
	withdrawal_rule VARCHAR NOT NULL,
	withdrawal_deadline DATE,
	smallest_group INTEGER NOT NULL,
	disk_protection VARCHAR NOT NULL,
	created_at VARCHAR NOT NULL,
	CONSTRAINT pk_study PRIMARY KEY (id),
	CONSTRAINT uq_study_only UNIQUE (only),
	CONSTRAINT ck_study_single CHECK (only = 1),
	CONSTRAINT ck_study_smallest_group CHECK (smallest_group >= 1),
	CONSTRAINT fk_study_lens_id FOREIGN KEY(lens_id) REFERENCES lens (id) ON DELETE SET NULL
);

CREATE INDEX ix_study_lens_id ON study (lens_id);

CREATE TABLE theme (
	id VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	kind VARCHAR(11) NOT NULL,
	parent_id VARCHAR,
	position INTEGER NOT NULL,
	status VARCHAR(17) NOT NULL,
	concept VARCHAR NOT NULL,
	definition VARCHAR NOT NULL,
	boundary VARCHAR NOT NULL,
	story VARCHAR NOT NULL,
	implication VARCHAR NOT NULL,
	map_x DOUBLE,
	map_y DOUBLE,
	map_size DOUBLE NOT NULL,
	created_at VARCHAR NOT NULL,
	person_id VARCHAR,
	CONSTRAINT pk_theme PRIMARY KEY (id),
	CONSTRAINT uq_theme_name UNIQUE (name),
	CONSTRAINT ck_theme_named CHECK (trim(name) <> ''),
	CONSTRAINT ck_theme_not_own_parent CHECK (parent_id IS NULL OR parent_id <> id),
	CONSTRAINT ck_theme_subtheme_has_parent CHECK (kind <> 'subtheme' OR parent_id IS NOT NULL),
	CONSTRAINT ck_theme_overarching_on_top CHECK (kind <> 'overarching' OR parent_id IS NULL),
	CONSTRAINT ck_theme_size_on_the_map CHECK (map_size BETWEEN 0.5 AND 3),
	CONSTRAINT ck_theme_themekind CHECK (kind IN ('overarching', 'theme', 'subtheme')),
	CONSTRAINT fk_theme_parent_id FOREIGN KEY(parent_id) REFERENCES theme (id) ON DELETE CASCADE,
	CONSTRAINT ck_theme_themestatus CHECK (status IN ('candidate', 'developed', 'defined and named', 'let go')),
	CONSTRAINT fk_theme_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
);

CREATE INDEX ix_theme_parent_id ON theme (parent_id);

CREATE INDEX ix_theme_person_id ON theme (person_id);

CREATE TABLE board_pile (
	id VARCHAR NOT NULL,
	theme_id VARCHAR,
	title VARCHAR NOT NULL,
	x DOUBLE NOT NULL,
	y DOUBLE NOT NULL,
	CONSTRAINT pk_board_pile PRIMARY KEY (id),
	CONSTRAINT uq_board_pile_theme_id UNIQUE (theme_id),
	CONSTRAINT ck_board_pile_theme_has_its_name CHECK (theme_id IS NULL OR title = ''),
	CONSTRAINT fk_board_pile_theme_id FOREIGN KEY(theme_id) REFERENCES theme (id) ON DELETE CASCADE
);

CREATE TABLE excerpt (
	id VARCHAR NOT NULL,
	source_id VARCHAR NOT NULL,
	start INTEGER NOT NULL,
	"end" INTEGER NOT NULL,
	quote VARCHAR NOT NULL,
	level VARCHAR(11) NOT NULL,
	interaction VARCHAR NOT NULL,
	created_at VARCHAR NOT NULL,
	person_id VARCHAR,
	CONSTRAINT pk_excerpt PRIMARY KEY (id),
	CONSTRAINT uq_excerpt_source_id_start_end_level UNIQUE (source_id, start, "end", level),
	CONSTRAINT ck_excerpt_span CHECK (start >= 0 AND start < "end"),
	CONSTRAINT ck_excerpt_quote CHECK (length(quote) = "end" - start),
	CONSTRAINT fk_excerpt_source_id FOREIGN KEY(source_id) REFERENCES source (id) ON DELETE CASCADE,
	CONSTRAINT ck_excerpt_excerptlevel CHECK (level IN ('individual', 'interaction')),
	CONSTRAINT fk_excerpt_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
);

CREATE INDEX ix_excerpt_person_id ON excerpt (person_id);

CREATE TABLE export_voice (
	id VARCHAR NOT NULL,
	export_id VARCHAR NOT NULL,
	participant_id VARCHAR,
	CONSTRAINT pk_export_voice PRIMARY KEY (id),
	CONSTRAINT uq_export_voice_export_id_participant_id UNIQUE (export_id, participant_id),
	CONSTRAINT fk_export_voice_export_id FOREIGN KEY(export_id) REFERENCES export (id) ON DELETE CASCADE,
	CONSTRAINT fk_export_voice_participant_id FOREIGN KEY(participant_id) REFERENCES participant (id) ON DELETE SET NULL
);

CREATE INDEX ix_export_voice_participant_id ON export_voice (participant_id);

CREATE TABLE journal_revision (
	id VARCHAR NOT NULL,
	entry_id VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	person_id VARCHAR,
	CONSTRAINT pk_journal_revision PRIMARY KEY (id),
	CONSTRAINT fk_journal_revision_entry_id FOREIGN KEY(entry_id) REFERENCES journal_entry (id) ON DELETE CASCADE,
	CONSTRAINT fk_journal_revision_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
);

CREATE INDEX ix_journal_revision_entry_id ON journal_revision (entry_id);

CREATE INDEX ix_journal_revision_person_id ON journal_revision (person_id);

CREATE TABLE map_region (
	id VARCHAR NOT NULL,
	entry_id VARCHAR NOT NULL,
	x DOUBLE NOT NULL,
	y DOUBLE NOT NULL,
	width DOUBLE NOT NULL,
	height DOUBLE NOT NULL,
	CONSTRAINT pk_map_region PRIMARY KEY (id),
	CONSTRAINT uq_map_region_entry_id UNIQUE (entry_id),
	CONSTRAINT ck_map_region_size CHECK (width > 0 AND height > 0),
	CONSTRAINT fk_map_region_entry_id FOREIGN KEY(entry_id) REFERENCES lens_entry (id) ON DELETE CASCADE
);

CREATE TABLE mapping (
	id VARCHAR NOT NULL,
	theme_id VARCHAR NOT NULL,
	entry_id VARCHAR NOT NULL,
	weight VARCHAR(10) NOT NULL,
	direction VARCHAR(26) NOT NULL,
	rationale VARCHAR NOT NULL,
	created_at VARCHAR NOT NULL,
	person_id VARCHAR,
	CONSTRAINT pk_mapping PRIMARY KEY (id),
	CONSTRAINT uq_mapping_theme_id_entry_id UNIQUE (theme_id, entry_id),
	CONSTRAINT fk_mapping_theme_id FOREIGN KEY(theme_id) REFERENCES theme (id) ON DELETE CASCADE,
	CONSTRAINT fk_mapping_entry_id FOREIGN KEY(entry_id) REFERENCES lens_entry (id) ON DELETE CASCADE,
	CONSTRAINT ck_mapping_weight CHECK (weight IN ('central', 'supporting', 'in passing')),
	CONSTRAINT ck_mapping_direction CHECK (direction IN ('shows it', 'shows it failing or absent', 'contests it')),
	CONSTRAINT fk_mapping_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
);

CREATE INDEX ix_mapping_entry_id ON mapping (entry_id);

CREATE INDEX ix_mapping_person_id ON mapping (person_id);

CREATE TABLE participant_attribute (
	id VARCHAR NOT NULL,
	participant_id VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	kind VARCHAR(9) NOT NULL,
	value VARCHAR NOT NULL,
	CONSTRAINT pk_participant_attribute PRIMARY KEY (id),
	CONSTRAINT uq_participant_attribute_participant_id_name UNIQUE (participant_id, name),
	CONSTRAINT fk_participant_attribute_participant_id FOREIGN KEY(participant_id) REFERENCES participant (id) ON DELETE CASCADE,
	CONSTRAINT ck_participant_attribute_attributekind CHECK (kind IN ('text', 'number', 'yes or no', 'date'))
);

CREATE TABLE review_check (
	id VARCHAR NOT NULL,
	theme_id VARCHAR NOT NULL,
	level VARCHAR(22) NOT NULL,
	at VARCHAR NOT NULL,
	finding VARCHAR NOT NULL,
	person_id VARCHAR,
	CONSTRAINT pk_review_check PRIMARY KEY (id),
	CONSTRAINT fk_review_check_theme_id FOREIGN KEY(theme_id) REFERENCES theme (id) ON DELETE CASCADE,
	CONSTRAINT ck_review_check_reviewlevel CHECK (level IN ('against its excerpts', 'against the whole data')),
	CONSTRAINT fk_review_check_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
);

CREATE INDEX ix_review_check_person_id ON review_check (person_id);

CREATE INDEX ix_review_check_theme_id ON review_check (theme_id);

CREATE TABLE source_original (
	id VARCHAR NOT NULL,
	source_id VARCHAR NOT NULL,
	content BLOB NOT NULL,
	CONSTRAINT pk_source_original PRIMARY KEY (id),
	CONSTRAINT uq_source_original_source_id UNIQUE (source_id),
	CONSTRAINT fk_source_original_source_id FOREIGN KEY(source_id) REFERENCES source (id) ON DELETE CASCADE
);

CREATE TABLE speaker (
	id VARCHAR NOT NULL,
	source_id VARCHAR NOT NULL,
	label VARCHAR NOT NULL,
	kind VARCHAR(11) NOT NULL,
	participant_id VARCHAR,
	CONSTRAINT pk_speaker PRIMARY KEY (id),
	CONSTRAINT uq_speaker_source_id_label UNIQUE (source_id, label),
	CONSTRAINT ck_speaker_labelled CHECK (trim(label) <> ''),
	CONSTRAINT ck_speaker_participant CHECK (participant_id IS NULL OR kind = 'participant'),
	CONSTRAINT fk_speaker_source_id FOREIGN KEY(source_id) REFERENCES source (id) ON DELETE CASCADE,
	CONSTRAINT ck_speaker_speakerkind CHECK (kind IN ('participant', 'moderator', 'other', 'several', 'unknown')),
	CONSTRAINT fk_speaker_participant_id FOREIGN KEY(participant_id) REFERENCES participant (id) ON DELETE SET NULL
);

CREATE INDEX ix_speaker_participant_id ON speaker (participant_id);

CREATE TABLE theme_lineage (
	id VARCHAR NOT NULL,
	theme_id VARCHAR NOT NULL,
	kind VARCHAR(11) NOT NULL,
	other_id VARCHAR NOT NULL,
	other_name VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	CONSTRAINT pk_theme_lineage PRIMARY KEY (id),
	CONSTRAINT fk_theme_lineage_theme_id FOREIGN KEY(theme_id) REFERENCES theme (id) ON DELETE CASCADE,
	CONSTRAINT ck_theme_lineage_lineagekind CHECK (kind IN ('merged from', 'split from'))
);

CREATE INDEX ix_theme_lineage_theme_id ON theme_lineage (theme_id);

CREATE TABLE theme_relation (
	id VARCHAR NOT NULL,
	from_id VARCHAR NOT NULL,
	to_id VARCHAR NOT NULL,
	kind VARCHAR(10) NOT NULL,
	label VARCHAR NOT NULL,
	CONSTRAINT pk_theme_relation PRIMARY KEY (id),
	CONSTRAINT uq_theme_relation_from_id_to_id UNIQUE (from_id, to_id),
	CONSTRAINT ck_theme_relation_two_themes CHECK (from_id <> to_id),
	CONSTRAINT ck_theme_relation_own_word CHECK (kind <> 'own word' OR trim(label) <> ''),
	CONSTRAINT fk_theme_relation_from_id FOREIGN KEY(from_id) REFERENCES theme (id) ON DELETE CASCADE,
	CONSTRAINT fk_theme_relation_to_id FOREIGN KEY(to_id) REFERENCES theme (id) ON DELETE CASCADE,
	CONSTRAINT ck_theme_relation_relationkind CHECK (kind IN ('leads into', 'tension', 'contrast', 'own word'))
);

CREATE INDEX ix_theme_relation_to_id ON theme_relation (to_id);

CREATE TABLE unexplained (
	id VARCHAR NOT NULL,
	theme_id VARCHAR NOT NULL,
	lens_id VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	CONSTRAINT pk_unexplained PRIMARY KEY (id),
	CONSTRAINT uq_unexplained_theme_id_lens_id UNIQUE (theme_id, lens_id),
	CONSTRAINT fk_unexplained_theme_id FOREIGN KEY(theme_id) REFERENCES theme (id) ON DELETE CASCADE,
	CONSTRAINT fk_unexplained_lens_id FOREIGN KEY(lens_id) REFERENCES lens (id) ON DELETE CASCADE
);

CREATE INDEX ix_unexplained_lens_id ON unexplained (lens_id);

CREATE TABLE code (
	id VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	parent_id VARCHAR,
	position INTEGER NOT NULL,
	colour VARCHAR NOT NULL,
	status VARCHAR(9) NOT NULL,
	set_aside_reason VARCHAR NOT NULL,
	brief VARCHAR NOT NULL,
	"full" VARCHAR NOT NULL,
	when_to_use VARCHAR NOT NULL,
	when_not_to_use VARCHAR NOT NULL,
	example_excerpt_id VARCHAR,
	semantic_latent INTEGER,
	origin VARCHAR(10),
	created_at VARCHAR NOT NULL,
	person_id VARCHAR,
	CONSTRAINT pk_code PRIMARY KEY (id),
	CONSTRAINT ck_code_named CHECK (trim(name) <> ''),
	CONSTRAINT ck_code_not_own_parent CHECK (parent_id IS NULL OR parent_id <> id),
	CONSTRAINT ck_code_colour CHECK (colour GLOB '#[0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F]'),
	CONSTRAINT ck_code_semantic_latent CHECK (semantic_latent IS NULL OR semantic_latent BETWEEN 0 AND 4),
	CONSTRAINT fk_code_parent_id FOREIGN KEY(parent_id) REFERENCES code (id) ON DELETE SET NULL,
	CONSTRAINT ck_code_codestatus CHECK (status IN ('active', 'set aside')),
	CONSTRAINT fk_code_example_excerpt_id FOREIGN KEY(example_excerpt_id) REFERENCES excerpt (id) ON DELETE SET NULL,
	CONSTRAINT ck_code_codeorigin CHECK (origin IN ('inductive', 'theory-led', 'in vivo')),
	CONSTRAINT fk_code_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
);

CREATE INDEX ix_code_example_excerpt_id ON code (example_excerpt_id);

CREATE INDEX ix_code_parent_id ON code (parent_id);

CREATE INDEX ix_code_person_id ON code (person_id);

CREATE UNIQUE INDEX uq_code_parent_name ON code (ifnull(parent_id, ''), name);

CREATE TABLE mapping_excerpt (
	id VARCHAR NOT NULL,
	mapping_id VARCHAR NOT NULL,
	excerpt_id VARCHAR NOT NULL,
	CONSTRAINT pk_mapping_excerpt PRIMARY KEY (id),
	CONSTRAINT uq_mapping_excerpt_mapping_id_excerpt_id UNIQUE (mapping_id, excerpt_id),
	CONSTRAINT fk_mapping_excerpt_mapping_id FOREIGN KEY(mapping_id) REFERENCES mapping (id) ON DELETE CASCADE,
	CONSTRAINT fk_mapping_excerpt_excerpt_id FOREIGN KEY(excerpt_id) REFERENCES excerpt (id) ON DELETE CASCADE
);

CREATE INDEX ix_mapping_excerpt_excerpt_id ON mapping_excerpt (excerpt_id);

CREATE TABLE mapping_indicator (
	id VARCHAR NOT NULL,
	mapping_id VARCHAR NOT NULL,
	entry_id VARCHAR NOT NULL,
	CONSTRAINT pk_mapping_indicator PRIMARY KEY (id),
	CONSTRAINT uq_mapping_indicator_mapping_id_entry_id UNIQUE (mapping_id, entry_id),
	CONSTRAINT fk_mapping_indicator_mapping_id FOREIGN KEY(mapping_id) REFERENCES mapping (id) ON DELETE CASCADE,
	CONSTRAINT fk_mapping_indicator_entry_id FOREIGN KEY(entry_id) REFERENCES lens_entry (id) ON DELETE CASCADE
);

CREATE INDEX ix_mapping_indicator_entry_id ON mapping_indicator (entry_id);

CREATE TABLE theme_excerpt (
	id VARCHAR NOT NULL,
	theme_id VARCHAR NOT NULL,
	excerpt_id VARCHAR NOT NULL,
	belongs VARCHAR(9) NOT NULL,
	runs_against BOOLEAN NOT NULL,
	quoted_order INTEGER,
	edited_text VARCHAR NOT NULL,
	gloss VARCHAR NOT NULL,
	why VARCHAR NOT NULL,
	brought_in BOOLEAN NOT NULL,
	decided_at VARCHAR,
	CONSTRAINT pk_theme_excerpt PRIMARY KEY (id),
	CONSTRAINT uq_theme_excerpt_theme_id_excerpt_id UNIQUE (theme_id, excerpt_id),
	CONSTRAINT fk_theme_excerpt_theme_id FOREIGN KEY(theme_id) REFERENCES theme (id) ON DELETE CASCADE,
	CONSTRAINT fk_theme_excerpt_excerpt_id FOREIGN KEY(excerpt_id) REFERENCES excerpt (id) ON DELETE CASCADE,
	CONSTRAINT ck_theme_excerpt_belongs CHECK (belongs IN ('undecided', 'in', 'out'))
);

CREATE INDEX ix_theme_excerpt_excerpt_id ON theme_excerpt (excerpt_id);

CREATE TABLE turn (
	id VARCHAR NOT NULL,
	source_id VARCHAR NOT NULL,
	speaker_id VARCHAR,
	label_start INTEGER NOT NULL,
	label_end INTEGER NOT NULL,
	start INTEGER NOT NULL,
	"end" INTEGER NOT NULL,
	time_ms INTEGER,
	continues BOOLEAN NOT NULL,
	kind VARCHAR(9) NOT NULL,
	CONSTRAINT pk_turn PRIMARY KEY (id),
	CONSTRAINT uq_turn_source_id_start UNIQUE (source_id, start),
	CONSTRAINT ck_turn_span CHECK (label_start >= 0 AND label_start <= label_end AND label_end <= start AND start <= "end"),
	CONSTRAINT fk_turn_source_id FOREIGN KEY(source_id) REFERENCES source (id) ON DELETE CASCADE,
	CONSTRAINT fk_turn_speaker_id FOREIGN KEY(speaker_id) REFERENCES speaker (id) ON DELETE SET NULL,
	CONSTRAINT ck_turn_turnkind CHECK (kind IN ('speech', 'event', 'withdrawn'))
);

CREATE INDEX ix_turn_speaker_id ON turn (speaker_id);

CREATE TABLE board_card (
	id VARCHAR NOT NULL,
	code_id VARCHAR NOT NULL,
	pile_id VARCHAR,
	position INTEGER NOT NULL,
	x DOUBLE NOT NULL,
	y DOUBLE NOT NULL,
	CONSTRAINT pk_board_card PRIMARY KEY (id),
	CONSTRAINT uq_board_card_code_id UNIQUE (code_id),
	CONSTRAINT fk_board_card_code_id FOREIGN KEY(code_id) REFERENCES code (id) ON DELETE CASCADE,
	CONSTRAINT fk_board_card_pile_id FOREIGN KEY(pile_id) REFERENCES board_pile (id) ON DELETE CASCADE
);

CREATE INDEX ix_board_card_pile_id ON board_card (pile_id);

CREATE TABLE code_lineage (
	id VARCHAR NOT NULL,
	code_id VARCHAR NOT NULL,
	kind VARCHAR(11) NOT NULL,
	other_id VARCHAR NOT NULL,
	other_name VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	CONSTRAINT pk_code_lineage PRIMARY KEY (id),
	CONSTRAINT fk_code_lineage_code_id FOREIGN KEY(code_id) REFERENCES code (id) ON DELETE CASCADE,
	CONSTRAINT ck_code_lineage_lineagekind CHECK (kind IN ('merged from', 'split from'))
);

CREATE INDEX ix_code_lineage_code_id ON code_lineage (code_id);

CREATE TABLE coding (
	id VARCHAR NOT NULL,
	excerpt_id VARCHAR NOT NULL,
	code_id VARCHAR NOT NULL,
	unsure BOOLEAN NOT NULL,
	created_at VARCHAR NOT NULL,
	person_id VARCHAR,
	CONSTRAINT pk_coding PRIMARY KEY (id),
	CONSTRAINT uq_coding_excerpt_id_code_id UNIQUE (excerpt_id, code_id),
	CONSTRAINT fk_coding_excerpt_id FOREIGN KEY(excerpt_id) REFERENCES excerpt (id) ON DELETE CASCADE,
	CONSTRAINT fk_coding_code_id FOREIGN KEY(code_id) REFERENCES code (id) ON DELETE CASCADE,
	CONSTRAINT fk_coding_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
);

CREATE INDEX ix_coding_code_id ON coding (code_id);

CREATE INDEX ix_coding_person_id ON coding (person_id);

CREATE TABLE review_comment (
	id VARCHAR NOT NULL,
	author VARCHAR NOT NULL,
	at VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	status VARCHAR(9) NOT NULL,
	reply_to_id VARCHAR,
	theme_id VARCHAR,
	code_id VARCHAR,
	version_id VARCHAR,
	excerpt_id VARCHAR,
	CONSTRAINT pk_review_comment PRIMARY KEY (id),
	CONSTRAINT ck_review_comment_says_something CHECK (trim(text) <> ''),
	CONSTRAINT ck_review_comment_one_subject CHECK ((reply_to_id IS NOT NULL) + (theme_id IS NOT NULL) + (code_id IS NOT NULL) + (version_id IS NOT NULL) + (excerpt_id IS NOT NULL) = 1),
	CONSTRAINT ck_review_comment_reviewstatus CHECK (status IN ('open', 'discussed', 'set aside')),
	CONSTRAINT fk_review_comment_reply_to_id FOREIGN KEY(reply_to_id) REFERENCES review_comment (id) ON DELETE CASCADE,
	CONSTRAINT fk_review_comment_theme_id FOREIGN KEY(theme_id) REFERENCES theme (id) ON DELETE CASCADE,
	CONSTRAINT fk_review_comment_code_id FOREIGN KEY(code_id) REFERENCES code (id) ON DELETE CASCADE,
	CONSTRAINT fk_review_comment_version_id FOREIGN KEY(version_id) REFERENCES map_version (id) ON DELETE CASCADE,
	CONSTRAINT fk_review_comment_excerpt_id FOREIGN KEY(excerpt_id) REFERENCES excerpt (id) ON DELETE CASCADE
);

CREATE INDEX ix_review_comment_code_id ON review_comment (code_id);

CREATE INDEX ix_review_comment_excerpt_id ON review_comment (excerpt_id);

CREATE INDEX ix_review_comment_reply_to_id ON review_comment (reply_to_id);

CREATE INDEX ix_review_comment_theme_id ON review_comment (theme_id);

CREATE INDEX ix_review_comment_version_id ON review_comment (version_id);

CREATE TABLE theme_code (
	id VARCHAR NOT NULL,
	theme_id VARCHAR NOT NULL,
	code_id VARCHAR NOT NULL,
	role VARCHAR(8) NOT NULL,
	position INTEGER NOT NULL,
	note VARCHAR NOT NULL,
	added_at VARCHAR NOT NULL,
	CONSTRAINT pk_theme_code PRIMARY KEY (id),
	CONSTRAINT uq_theme_code_theme_id_code_id UNIQUE (theme_id, code_id),
	CONSTRAINT fk_theme_code_theme_id FOREIGN KEY(theme_id) REFERENCES theme (id) ON DELETE CASCADE,
	CONSTRAINT fk_theme_code_code_id FOREIGN KEY(code_id) REFERENCES code (id) ON DELETE CASCADE,
	CONSTRAINT ck_theme_code_coderole CHECK (role IN ('core', 'part', 'contrast'))
);

CREATE INDEX ix_theme_code_code_id ON theme_code (code_id);

CREATE TABLE journal_link (
	id VARCHAR NOT NULL,
	entry_id VARCHAR NOT NULL,
	source_id VARCHAR,
	excerpt_id VARCHAR,
	code_id VARCHAR,
	theme_id VARCHAR,
	version_id VARCHAR,
	lens_entry_id VARCHAR,
	group_id VARCHAR,
	participant_id VARCHAR,
	comment_id VARCHAR,
	CONSTRAINT pk_journal_link PRIMARY KEY (id),
	CONSTRAINT ck_journal_link_one_subject CHECK ((source_id IS NOT NULL) + (excerpt_id IS NOT NULL) + (code_id IS NOT NULL) + (theme_id IS NOT NULL) + (version_id IS NOT NULL) + (lens_entry_id IS NOT NULL) + (group_id IS NOT NULL) + (participant_id IS NOT NULL) + (comment_id IS NOT NULL) = 1),
	CONSTRAINT fk_journal_link_entry_id FOREIGN KEY(entry_id) REFERENCES journal_entry (id) ON DELETE CASCADE,
	CONSTRAINT fk_journal_link_source_id FOREIGN KEY(source_id) REFERENCES source (id) ON DELETE CASCADE,
	CONSTRAINT fk_journal_link_excerpt_id FOREIGN KEY(excerpt_id) REFERENCES excerpt (id) ON DELETE CASCADE,
	CONSTRAINT fk_journal_link_code_id FOREIGN KEY(code_id) REFERENCES code (id) ON DELETE CASCADE,
	CONSTRAINT fk_journal_link_theme_id FOREIGN KEY(theme_id) REFERENCES theme (id) ON DELETE CASCADE,
	CONSTRAINT fk_journal_link_version_id FOREIGN KEY(version_id) REFERENCES map_version (id) ON DELETE CASCADE,
	CONSTRAINT fk_journal_link_lens_entry_id FOREIGN KEY(lens_entry_id) REFERENCES lens_entry (id) ON DELETE CASCADE,
	CONSTRAINT fk_journal_link_group_id FOREIGN KEY(group_id) REFERENCES focus_group (id) ON DELETE CASCADE,
	CONSTRAINT fk_journal_link_participant_id FOREIGN KEY(participant_id) REFERENCES participant (id) ON DELETE CASCADE,
	CONSTRAINT fk_journal_link_comment_id FOREIGN KEY(comment_id) REFERENCES review_comment (id) ON DELETE CASCADE
);

CREATE INDEX ix_journal_link_code_id ON journal_link (code_id);

CREATE INDEX ix_journal_link_comment_id ON journal_link (comment_id);

CREATE INDEX ix_journal_link_entry_id ON journal_link (entry_id);

CREATE INDEX ix_journal_link_excerpt_id ON journal_link (excerpt_id);

CREATE INDEX ix_journal_link_group_id ON journal_link (group_id);

CREATE INDEX ix_journal_link_lens_entry_id ON journal_link (lens_entry_id);

CREATE INDEX ix_journal_link_participant_id ON journal_link (participant_id);

CREATE INDEX ix_journal_link_source_id ON journal_link (source_id);

CREATE INDEX ix_journal_link_theme_id ON journal_link (theme_id);

CREATE INDEX ix_journal_link_version_id ON journal_link (version_id);

CREATE TABLE memo (
	id VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	excerpt_id VARCHAR,
	coding_id VARCHAR,
	code_id VARCHAR,
	theme_id VARCHAR,
	source_id VARCHAR,
	group_id VARCHAR,
	participant_id VARCHAR,
	created_at VARCHAR NOT NULL,
	person_id VARCHAR,
	CONSTRAINT pk_memo PRIMARY KEY (id),
	CONSTRAINT ck_memo_one_subject CHECK ((excerpt_id IS NOT NULL) + (coding_id IS NOT NULL) + (code_id IS NOT NULL) + (theme_id IS NOT NULL) + (source_id IS NOT NULL) + (group_id IS NOT NULL) + (participant_id IS NOT NULL) = 1),
	CONSTRAINT fk_memo_excerpt_id FOREIGN KEY(excerpt_id) REFERENCES excerpt (id) ON DELETE CASCADE,
	CONSTRAINT fk_memo_coding_id FOREIGN KEY(coding_id) REFERENCES coding (id) ON DELETE CASCADE,
	CONSTRAINT fk_memo_code_id FOREIGN KEY(code_id) REFERENCES code (id) ON DELETE CASCADE,
	CONSTRAINT fk_memo_theme_id FOREIGN KEY(theme_id) REFERENCES theme (id) ON DELETE CASCADE,
	CONSTRAINT fk_memo_source_id FOREIGN KEY(source_id) REFERENCES source (id) ON DELETE CASCADE,
	CONSTRAINT fk_memo_group_id FOREIGN KEY(group_id) REFERENCES focus_group (id) ON DELETE CASCADE,
	CONSTRAINT fk_memo_participant_id FOREIGN KEY(participant_id) REFERENCES participant (id) ON DELETE CASCADE,
	CONSTRAINT fk_memo_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
);

CREATE INDEX ix_memo_code_id ON memo (code_id);

CREATE INDEX ix_memo_coding_id ON memo (coding_id);

CREATE INDEX ix_memo_excerpt_id ON memo (excerpt_id);

CREATE INDEX ix_memo_group_id ON memo (group_id);

CREATE INDEX ix_memo_participant_id ON memo (participant_id);

CREATE INDEX ix_memo_person_id ON memo (person_id);

CREATE INDEX ix_memo_source_id ON memo (source_id);

CREATE INDEX ix_memo_theme_id ON memo (theme_id);

CREATE TABLE seal (
	id INTEGER NOT NULL,
	mark BLOB NOT NULL,
	CONSTRAINT pk_seal PRIMARY KEY (id),
	CONSTRAINT ck_seal_one CHECK (id = 1),
	CONSTRAINT ck_seal_size CHECK (length(mark) = 36)
);

