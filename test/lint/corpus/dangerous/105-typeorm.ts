// corpus: tool=sql; history=saas; rows members=700000
// expect: not-null-without-default at "NOT NULL" #1
// expect: unique-builds-index at "ADD CONSTRAINT \"UQ_members_email\" UNIQUE (\"email\")" #1
// because: what has to be written another way is the whole clause
// ---
import {MigrationInterface, QueryRunner} from 'typeorm';

export class AddPhone1700000000000 implements MigrationInterface {
  name = 'AddPhone1700000000000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "app"."members" ADD "phone" character varying NOT NULL`);
    await queryRunner.query(
      `ALTER TABLE "app"."members" ADD CONSTRAINT "UQ_members_email" UNIQUE ("email")`,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "app"."members" DROP CONSTRAINT "UQ_members_email"`);
    await queryRunner.query(`ALTER TABLE "app"."members" DROP COLUMN "phone"`);
  }
}
