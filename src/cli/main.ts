process.stdout.write('howdah\n');
