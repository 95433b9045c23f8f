from django.urls import URLPattern, URLResolver, path

from ekspora.directory.views import businesses, files, guests, imports, mine, products

urlpatterns: list[URLPattern | URLResolver] = [
    path("businesses/", businesses.businesses, name="businesses"),
    path("businesses/new/", businesses.new, name="business_new"),
    path("businesses/<int:pk>/", businesses.business, name="business"),
    path("businesses/<int:pk>/edit/", businesses.edit, name="business_edit"),
    path("businesses/<int:pk>/companion/", businesses.companion, name="business_companion"),
    path("businesses/<int:pk>/share/", businesses.share, name="business_share"),
    path("stewards/<int:pk>/withdraw/", businesses.withdraw, name="steward_withdraw"),
    path("businesses/<int:pk>/products/new/", products.new, name="product_new"),
    path("products/<int:pk>/edit/", products.edit, name="product_edit"),
    path("products/<int:pk>/photo/", files.photo, name="photo"),
    path("businesses/<int:pk>/sheet-<str:language>.pdf", files.product_sheet, name="product_sheet"),
    path("representatives/", guests.representatives, name="representatives"),
    path("representatives/new/", guests.new, name="representative_new"),
    path("representatives/<int:pk>/", guests.representative, name="representative"),
    path("representatives/<int:pk>/edit/", guests.edit, name="representative_edit"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.new, name="import_new"),
    path("imports/template-<str:kind>.xlsx", imports.template, name="import_template"),
    path("imports/<int:pk>/", imports.preview, name="import_preview"),
    path("imports/<int:pk>/columns/", imports.columns, name="import_columns"),
    path("imports/<int:pk>/confirm/", imports.confirm, name="import_confirm"),
    path("imports/<int:pk>/corrections.xlsx", imports.corrections_file, name="import_corrections"),
    path("imports/<int:pk>/undo/", imports.undo, name="import_undo"),
    path("my/business/", mine.my_businesses, name="my_businesses"),
    path("my/business/<int:pk>/", mine.my_business, name="my_business"),
    path("my/business/<int:pk>/edit/", mine.edit, name="my_business_edit"),
    path("my/business/<int:pk>/products/new/", mine.product_new, name="my_product_new"),
    path("my/products/<int:pk>/edit/", mine.product_edit, name="my_product_edit"),
]
