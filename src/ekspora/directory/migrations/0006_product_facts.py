from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def _first_photos(apps: Any, editor: Any) -> None:
    """The one photo a product had is its first."""
    photo = apps.get_model("directory", "Photo")
    products = apps.get_model("directory", "Product").objects.exclude(photo="")
    photo.objects.bulk_create(photo(product=one, file=one.photo.name) for one in products)


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0005_business_facts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.ImageField(upload_to='products/', verbose_name='photo')),
                ('alt', models.CharField(blank=True, max_length=160, verbose_name='what the photo shows')),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'photo',
                'verbose_name_plural': 'photos',
                'ordering': ('position', 'id'),
            },
        ),
        migrations.RemoveField(
            model_name='product',
            name='certificates',
        ),
        migrations.AddField(
            model_name='product',
            name='carton_height',
            field=models.DecimalField(blank=True, decimal_places=1, max_digits=8, null=True, verbose_name='height of the carton in cm'),
        ),
        migrations.AddField(
            model_name='product',
            name='carton_length',
            field=models.DecimalField(blank=True, decimal_places=1, max_digits=8, null=True, verbose_name='length of the carton in cm'),
        ),
        migrations.AddField(
            model_name='product',
            name='carton_width',
            field=models.DecimalField(blank=True, decimal_places=1, max_digits=8, null=True, verbose_name='width of the carton in cm'),
        ),
        migrations.AddField(
            model_name='product',
            name='gross_weight',
            field=models.DecimalField(blank=True, decimal_places=3, max_digits=8, null=True, verbose_name='gross weight of a carton in kg'),
        ),
        migrations.AddField(
            model_name='product',
            name='net_weight',
            field=models.DecimalField(blank=True, decimal_places=3, max_digits=8, null=True, verbose_name='net weight of a carton in kg'),
        ),
        migrations.AddField(
            model_name='product',
            name='price_basis',
            field=models.CharField(blank=True, max_length=120, verbose_name='rate of the price'),
        ),
        migrations.AddField(
            model_name='product',
            name='units_per_carton',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='units in a carton'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('is_service', False), models.Q(('carton_height__isnull', True), ('carton_length__isnull', True), ('carton_width__isnull', True), ('gross_weight__isnull', True), ('net_weight__isnull', True), ('units_per_carton__isnull', True)), _connector='OR'), name='service_has_no_carton', violation_error_message='A service has no carton.'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('net_weight__isnull', True), ('gross_weight__isnull', True), ('gross_weight__gte', models.F('net_weight')), _connector='OR'), name='gross_above_net', violation_error_message='The carton with its content weighs no less than the content.'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('units_per_carton__isnull', True), ('units_per_carton__gt', 0), _connector='OR'), name='units_per_carton_above_0', violation_error_message='Sides, weights and numbers of a carton are more than 0.'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('carton_length__isnull', True), ('carton_length__gt', 0), _connector='OR'), name='carton_length_above_0', violation_error_message='Sides, weights and numbers of a carton are more than 0.'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('carton_width__isnull', True), ('carton_width__gt', 0), _connector='OR'), name='carton_width_above_0', violation_error_message='Sides, weights and numbers of a carton are more than 0.'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('carton_height__isnull', True), ('carton_height__gt', 0), _connector='OR'), name='carton_height_above_0', violation_error_message='Sides, weights and numbers of a carton are more than 0.'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('net_weight__isnull', True), ('net_weight__gt', 0), _connector='OR'), name='net_weight_above_0', violation_error_message='Sides, weights and numbers of a carton are more than 0.'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('gross_weight__isnull', True), ('gross_weight__gt', 0), _connector='OR'), name='gross_weight_above_0', violation_error_message='Sides, weights and numbers of a carton are more than 0.'),
        ),
        migrations.AddField(
            model_name='photo',
            name='product',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='directory.product'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.CheckConstraint(condition=models.Q(('file', ''), _negated=True), name='photo_has_file'),
        ),
        migrations.RunPython(_first_photos, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='product',
            name='photo',
        ),
    ]
