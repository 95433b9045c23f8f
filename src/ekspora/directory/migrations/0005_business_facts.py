from typing import Any

import django.core.validators
import django.db.models.deletion
import ekspora.core.clock
import ekspora.directory.sectors
from django.db import migrations, models

from ekspora.engines.registers.values.certificates import certificates
from ekspora.engines.registers.values.outcome import Context, Parsed


def _state_where_known(apps: Any, editor: Any) -> None:
    """Records that a register made were stated by its row; certificates named in a text become rows."""
    rows = apps.get_model("directory", "ImportedRow").objects.filter(effect="created").select_related("source")
    product_of = apps.get_model("directory", "Product").objects.in_bulk()
    businesses = set(apps.get_model("directory", "Business").objects.values_list("pk", flat=True))
    statements = []
    for row in rows.filter(target_type__in=("directory.business", "directory.product")).order_by("pk"):
        product = product_of.get(row.target_id) if row.target_type == "directory.product" else None
        business = product.business_id if product else row.target_id
        if product is None and (row.target_type == "directory.product" or business not in businesses):
            continue
        statements.append({
            "business_id": business, "product": product, "source": "import", "origin": row.source, "row": row.row,
            "stated_by_id": row.source.person_id, "stated_at": row.source.written_at or row.source.uploaded_at,
        })  # fmt: skip
    statement = apps.get_model("directory", "Statement")
    statement.objects.bulk_create((statement(**one) for one in statements), batch_size=500)
    _certificates(apps, product_of.values())


def _certificates(apps: Any, products: Any) -> None:
    certificate = apps.get_model("directory", "Certificate")
    types = {"halal", "pirt", "bpom", "gmp", "haccp", "iso", "sni", "organic", "skp", "nkv", "svlk", "slhs", "trademark",
             "gi", "batikmark", "fairtrade", "tkdn", "ce", "fda"}  # fmt: skip
    for product in products:
        outcome = certificates(product.certificates, Context()) if product.certificates else None
        for found in outcome.value if isinstance(outcome, Parsed) else ():
            kind = found["type"] if found["type"] in types else "other"
            certificate.objects.get_or_create(
                business_id=product.business_id, product=product, type=kind, name=found["text"][:120],
                number=(found["number"] or "")[:60],
            )  # fmt: skip


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_report_links'),
        ('directory', '0004_buyer_notes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Branch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('office', 'office'), ('shop', 'shop'), ('workshop', 'workshop or factory'), ('warehouse', 'warehouse')], max_length=10, verbose_name='kind')),
                ('country', models.CharField(default='ID', max_length=2, verbose_name='country (ISO code)')),
                ('place', models.CharField(max_length=120, verbose_name='city or address')),
            ],
            options={
                'verbose_name': 'branch',
                'verbose_name_plural': 'branches',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('type', models.CharField(choices=[('halal', 'Halal'), ('pirt', 'SPP-IRT'), ('bpom', 'BPOM MD/ML/NA'), ('gmp', 'CPPOB / GMP'), ('haccp', 'HACCP'), ('iso', 'ISO'), ('sni', 'SNI'), ('organic', 'Organic'), ('skp', 'SKP'), ('nkv', 'NKV'), ('svlk', 'SVLK'), ('slhs', 'SLHS'), ('trademark', 'Trademark'), ('gi', 'Geographical indication'), ('batikmark', 'Batikmark'), ('fairtrade', 'Fairtrade'), ('tkdn', 'TKDN'), ('ce', 'CE'), ('fda', 'FDA'), ('other', 'other')], max_length=10, verbose_name='type')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='number')),
                ('issuer', models.CharField(blank=True, max_length=120, verbose_name='issued by')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='valid from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('has_no_end', models.BooleanField(default=False, verbose_name='has no end')),
                ('file', models.FileField(blank=True, upload_to='certificates/', verbose_name='scan or PDF')),
            ],
            options={
                'verbose_name': 'certificate',
                'verbose_name_plural': 'certificates',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=160, verbose_name='name')),
                ('function', models.CharField(blank=True, max_length=80, verbose_name='function')),
                ('phone', models.CharField(blank=True, max_length=20, validators=[django.core.validators.RegexValidator('^\\+\\d{6,15}$')], verbose_name='phone (E.164)')),
                ('has_whatsapp', models.BooleanField(default=False, verbose_name='reachable by WhatsApp')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email')),
            ],
            options={
                'verbose_name': 'contact',
                'verbose_name_plural': 'contacts',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, verbose_name='name of the member business')),
                ('since', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='member since')),
            ],
            options={
                'verbose_name': 'member',
                'verbose_name_plural': 'members',
                'ordering': ('name', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(blank=True, max_length=40)),
                ('source', models.CharField(choices=[('owner', 'owner'), ('companion', 'companion'), ('officer', 'officer'), ('import', 'imported list')], max_length=10)),
                ('stated_at', models.DateTimeField(default=ekspora.core.clock.now)),
                ('row', models.PositiveIntegerField(blank=True, null=True)),
                ('verified_at', models.DateTimeField(blank=True, null=True)),
                ('how', models.CharField(blank=True, max_length=200, verbose_name='how it was checked')),
            ],
            options={
                'verbose_name': 'statement',
                'verbose_name_plural': 'statements',
                'ordering': ('id',),
            },
        ),
        migrations.AddField(
            model_name='business',
            name='capital',
            field=models.DecimalField(blank=True, decimal_places=0, max_digits=16, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='capital in rupiah, without land and buildings'),
        ),
        migrations.AddField(
            model_name='business',
            name='capital_on',
            field=models.DateField(blank=True, null=True, verbose_name='capital as of'),
        ),
        migrations.AddField(
            model_name='business',
            name='district',
            field=models.CharField(blank=True, max_length=8, verbose_name='district code'),
        ),
        migrations.AddField(
            model_name='business',
            name='employees_women',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='of these women'),
        ),
        migrations.AddField(
            model_name='business',
            name='kbli',
            field=models.JSONField(blank=True, default=list, validators=[ekspora.directory.sectors.all_kbli], verbose_name='KBLI codes'),
        ),
        migrations.AddField(
            model_name='business',
            name='languages',
            field=models.JSONField(blank=True, default=list, validators=[ekspora.directory.sectors.all_languages], verbose_name='languages spoken with buyers'),
        ),
        migrations.AddField(
            model_name='business',
            name='latitude',
            field=models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name='latitude'),
        ),
        migrations.AddField(
            model_name='business',
            name='legal_form',
            field=models.CharField(blank=True, choices=[('individual', 'sole proprietor'), ('pt_individual', 'single-person company (PT Perorangan)'), ('pt', 'limited company (PT)'), ('cv', 'limited partnership (CV)'), ('firm', 'partnership (firma)'), ('cooperative', 'cooperative'), ('group', 'group of businesses'), ('village_company', 'village company (BUM Desa)'), ('foundation', 'foundation'), ('state_company', 'state company')], max_length=16, verbose_name='legal form'),
        ),
        migrations.AddField(
            model_name='business',
            name='longitude',
            field=models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name='longitude'),
        ),
        migrations.AddField(
            model_name='business',
            name='npwp_checked_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='business',
            name='npwp_tail',
            field=models.CharField(blank=True, max_length=4, verbose_name='end of the tax number (NPWP)'),
        ),
        migrations.AddField(
            model_name='business',
            name='other_sectors',
            field=models.JSONField(blank=True, default=list, validators=[ekspora.directory.sectors.all_sectors], verbose_name='further sectors'),
        ),
        migrations.AddField(
            model_name='business',
            name='owned_by_women',
            field=models.BooleanField(blank=True, null=True, verbose_name='owned by women'),
        ),
        migrations.AddField(
            model_name='business',
            name='owned_by_youth',
            field=models.BooleanField(blank=True, null=True, verbose_name='owned by young people'),
        ),
        migrations.AddField(
            model_name='business',
            name='owned_with_disability',
            field=models.BooleanField(blank=True, null=True, verbose_name='owned by people with a disability'),
        ),
        migrations.AddField(
            model_name='business',
            name='sales_year',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='sales of the year'),
        ),
        migrations.AddField(
            model_name='business',
            name='trades',
            field=models.JSONField(blank=True, default=list, validators=[ekspora.directory.sectors.all_trades], verbose_name='what it makes, as export rules group it'),
        ),
        migrations.AddField(
            model_name='business',
            name='village',
            field=models.CharField(blank=True, max_length=13, verbose_name='village code'),
        ),
        migrations.AddField(
            model_name='business',
            name='yearly_sales',
            field=models.DecimalField(blank=True, decimal_places=0, max_digits=16, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='yearly sales in rupiah'),
        ),
        migrations.AddField(
            model_name='exportrecord',
            name='currency',
            field=models.CharField(blank=True, max_length=3, verbose_name='currency'),
        ),
        migrations.AddField(
            model_name='exportrecord',
            name='evidence',
            field=models.CharField(blank=True, choices=[('peb', 'export declaration (PEB)'), ('cn', 'consignment note (CN)'), ('invoice', 'invoice or contract'), ('transport', 'bill of lading or air waybill'), ('trader', 'letter of the trader')], max_length=10, verbose_name='evidence'),
        ),
        migrations.AddField(
            model_name='exportrecord',
            name='file',
            field=models.FileField(blank=True, upload_to='exports/', verbose_name='scan or PDF'),
        ),
        migrations.AddField(
            model_name='exportrecord',
            name='reference',
            field=models.CharField(blank=True, max_length=60, verbose_name='number of the evidence'),
        ),
        migrations.AddField(
            model_name='exportrecord',
            name='value',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='value'),
        ),
        migrations.AddConstraint(
            model_name='business',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('district', ''), ('district__startswith', models.F('regency')), _connector='OR'), models.Q(('village', ''), ('village__startswith', models.F('district')), _connector='OR'), models.Q(('village', ''), models.Q(('district', ''), _negated=True), _connector='OR'), models.Q(('district', ''), models.Q(('regency', ''), _negated=True), _connector='OR')), name='place_lies_in_place', violation_error_message='The village must lie in its district, the district in its regency.'),
        ),
        migrations.AddConstraint(
            model_name='business',
            constraint=models.CheckConstraint(condition=models.Q(('employees_women__isnull', True), ('employees__isnull', True), ('employees_women__lte', models.F('employees')), _connector='OR'), name='women_within_employees', violation_error_message='There cannot be more women than employees.'),
        ),
        migrations.AddConstraint(
            model_name='business',
            constraint=models.CheckConstraint(condition=models.Q(('capital__isnull', True), ('capital__gte', 0), _connector='OR'), name='capital_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='business',
            constraint=models.CheckConstraint(condition=models.Q(('yearly_sales__isnull', True), ('yearly_sales__gte', 0), _connector='OR'), name='sales_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='business',
            constraint=models.CheckConstraint(condition=models.Q(('npwp_tail', ''), ('npwp_checked_at__isnull', False), _connector='OR'), name='tax_number_was_checked'),
        ),
        migrations.AddConstraint(
            model_name='business',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('latitude__range', (-90, 90)), ('longitude__isnull', False), ('longitude__range', (-180, 180))), _connector='OR'), name='coordinates_on_earth', violation_error_message='Give both latitude and longitude, in degrees.'),
        ),
        migrations.AddConstraint(
            model_name='exportrecord',
            constraint=models.CheckConstraint(condition=models.Q(('value__isnull', True), models.Q(('value__gt', 0), models.Q(('currency', ''), _negated=True)), _connector='OR'), name='export_value_has_currency', violation_error_message='A value is more than nothing and has a currency.'),
        ),
        migrations.AddConstraint(
            model_name='exportrecord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('evidence', ''), ('file', ''), ('reference', '')), models.Q(('evidence', ''), _negated=True), _connector='OR'), name='evidence_has_kind', violation_error_message='Say what kind of evidence it is.'),
        ),
        migrations.AlterConstraint(
            model_name='exportrecord',
            name='export_record_is_unique',
            constraint=models.UniqueConstraint(fields=('business', 'market', 'year', 'is_indirect'), name='export_record_is_unique', violation_error_message='This export is noted already: add to it instead.'),
        ),
        migrations.AlterConstraint(
            model_name='fair',
            name='fair_is_unique',
            constraint=models.UniqueConstraint(fields=('business', 'name', 'year'), name='fair_is_unique', violation_error_message='This fair is noted already.'),
        ),
        migrations.AddField(
            model_name='branch',
            name='business',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='branches', to='directory.business'),
        ),
        migrations.AddField(
            model_name='certificate',
            name='business',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='certificates', to='directory.business'),
        ),
        migrations.AddField(
            model_name='certificate',
            name='product',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='own_certificates', to='directory.product', verbose_name='product'),
        ),
        migrations.AddField(
            model_name='contact',
            name='business',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='directory.business'),
        ),
        migrations.AddField(
            model_name='member',
            name='business',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='memberships', to='directory.business'),
        ),
        migrations.AddField(
            model_name='member',
            name='cooperative',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='directory.business'),
        ),
        migrations.AddField(
            model_name='statement',
            name='business',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='directory.business'),
        ),
        migrations.AddField(
            model_name='statement',
            name='origin',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='directory.import'),
        ),
        migrations.AddField(
            model_name='statement',
            name='product',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='directory.product'),
        ),
        migrations.AddField(
            model_name='statement',
            name='stated_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.person'),
        ),
        migrations.AddField(
            model_name='statement',
            name='verified_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.person'),
        ),
        migrations.AddConstraint(
            model_name='branch',
            constraint=models.UniqueConstraint(fields=('business', 'kind', 'country', 'place'), name='branch_is_unique', violation_error_message='This branch is noted already.'),
        ),
        migrations.AddIndex(
            model_name='certificate',
            index=models.Index(fields=['valid_until', 'business'], name='directory_c_valid_u_147b4e_idx'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('type', 'other'), _negated=True), models.Q(('name', ''), _negated=True), _connector='OR'), name='other_certificate_has_name', violation_error_message='Say which certificate it is.'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('has_no_end', False), ('valid_until__isnull', True), _connector='OR'), name='end_or_no_end', violation_error_message='A certificate without an end has no last day.'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='certificate_ends_after_begin', violation_error_message='It cannot end before it begins.'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(condition=models.Q(('product__isnull', True)), fields=('business', 'type', 'name', 'number'), name='certificate_once', violation_error_message='This certificate is noted already.'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(condition=models.Q(('product__isnull', False)), fields=('product', 'type', 'name', 'number'), name='product_certificate_once', violation_error_message='This certificate is noted already.'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('phone', ''), _negated=True), models.Q(('email', ''), _negated=True), _connector='OR'), name='contact_can_be_reached', violation_error_message='Enter a phone number or an email address.'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('has_whatsapp', False), models.Q(('phone', ''), _negated=True), _connector='OR'), name='whatsapp_needs_phone', violation_error_message='WhatsApp needs a phone number.'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.UniqueConstraint(condition=models.Q(('phone', ''), _negated=True), fields=('business', 'phone'), name='contact_phone_once', violation_error_message='This number is noted already.'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(('business__isnull', True), models.Q(('business', models.F('cooperative')), _negated=True), _connector='OR'), name='nobody_is_its_own_member', violation_error_message='A cooperative is not its own member.'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(fields=('cooperative', 'business'), name='member_once', violation_error_message='This business is a member already.'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(condition=models.Q(('business__isnull', True)), fields=('cooperative', 'name'), name='named_member_once', violation_error_message='This business is a member already.'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('verified_at__isnull', True), models.Q(('how', ''), _negated=True), _connector='OR'), name='verified_statement_says_how'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source', 'import'), _negated=True), ('row__isnull', False), _connector='OR'), name='imported_statement_has_row'),
        ),
        migrations.RunPython(_state_where_known, migrations.RunPython.noop),
    ]
