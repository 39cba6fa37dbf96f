"""Permits for the vehicles of government bodies (agreement S0): ownership, removal, purchase or sale, deed, plates.

An agency of the province files; where the law wants it, the commission of Article 2 (لایحهٔ قانونی نحوهٔ
استفاده از اتومبیل‌های دولتی و فروش اتومبیل‌های زائد، 1358) decides in a session with an agenda and minutes. The
agency gets the permit, the sale deed, or a letter to the traffic police, which takes its own step. Articles 110
to 112 of the Public Accounts Act and the by-law on government property (1372) stand behind it; purchases also
keep Article 30 of قانون تنظیم بخشی.
"""
