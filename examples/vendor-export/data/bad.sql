-- Пять ошибок, какие бывают в настоящих базах; с ключом --bad они попадают в базу образца.
UPDATE sch_school SET inn = '9900000018' WHERE school_no = 101;                -- контрольная цифра
UPDATE sch_pupil SET snils = '999-000-003 00' WHERE pupil_no = 3;              -- контрольная цифра
UPDATE sch_lesson SET topic = 'Первая строка' || char(10) || 'вторая' WHERE lesson_no = 7;
UPDATE sch_journal SET presence = 'о', late_min = 300 WHERE entry_no = 101;    -- больше, чем бывает
UPDATE sch_journal SET presence = '?' WHERE entry_no = 102;                    -- код, которого нет в перечне
