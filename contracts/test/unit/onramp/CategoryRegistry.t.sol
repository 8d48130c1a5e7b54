// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {ICategoryRegistry} from "../../../src/interfaces/ICategoryRegistry.sol";
import {Fixture} from "../../Fixture.sol";

contract CategoryRegistryTest is Fixture {
    function test_governanceAddsACategoryWithoutADeployment() public {
        ICategoryRegistry.Category memory drone = ICategoryRegistry.Category("robot.drone", "h", 5, "schema");
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        categories.setCategory(9, drone);
        vm.expectRevert(abi.encodeWithSelector(ICategoryRegistry.UnknownCategory.selector, 9));
        categories.requiredKinds(9);
        vm.expectEmit(address(categories));
        emit ICategoryRegistry.CategorySet(9, "robot.drone", "h", 5, "schema");
        vm.prank(admin);
        categories.setCategory(9, drone);
        assertEq(categories.requiredKinds(9), 5);
        assertEq(categories.category(9).manifestSchema, "schema");
        assertEq(categories.category(9).name, "robot.drone");
        drone.requiredKinds = 7;
        vm.prank(admin);
        categories.setCategory(9, drone);
        assertEq(categories.requiredKinds(9), 7);
    }

    function test_emptyCategoriesAreRefused() public {
        vm.startPrank(admin);
        vm.expectRevert(abi.encodeWithSelector(ICategoryRegistry.EmptyCategory.selector, 0));
        categories.setCategory(0, ICategoryRegistry.Category("a", "b", 1, 0));
        vm.expectRevert(abi.encodeWithSelector(ICategoryRegistry.EmptyCategory.selector, 5));
        categories.setCategory(5, ICategoryRegistry.Category("a", "b", 0, 0));
        vm.expectRevert(abi.encodeWithSelector(ICategoryRegistry.EmptyCategory.selector, 5));
        categories.setCategory(5, ICategoryRegistry.Category("", "b", 1, 0));
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(ICategoryRegistry.UnknownCategory.selector, 5));
        categories.category(5);
    }

    function testFuzz_limitsStandWithTheirTime(uint16 id, bytes32 subject, uint128 limit, uint32 later) public {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        categories.setLimit(id, subject, limit);
        assertEq(categories.limitOf(id, subject), 0);
        vm.warp(block.timestamp + later);
        vm.expectEmit(address(categories));
        emit ICategoryRegistry.LimitSet(id, subject, limit);
        vm.prank(admin);
        categories.setLimit(id, subject, limit);
        assertEq(categories.limitOf(id, subject), limit);
        assertEq(categories.limitSince(id, subject), block.timestamp);
    }
}
