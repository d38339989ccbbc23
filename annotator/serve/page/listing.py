def routes(desk): return []
